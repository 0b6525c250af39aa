import * as vscode from 'vscode';
import { type LanguageServer } from '../../../language/language-server';
import { rootOfUri } from '../../../language/root-of-uri';
import { type StatusClock } from '../../../status/clock';
import { type DeclaredObject } from '../../../status/in-file/declared-objects';
import { markOf, notesOf, type InFile } from '../../../status/in-file/in-file-texts';
import { objectInFile, type ClusterContexts } from '../../../status/in-file/object-in-file';
import { RefreshGate } from '../../../status/in-file/refresh-gate';
import { type LiveId } from '../../../status/live/live-id';
import { type ConnectedClusters } from '../connected-clusters';
import { type RecentEvents } from '../recent-events';
import { type RecentLog } from '../recent-log';
import { type Rights } from '../rights';
import { FileKnowledge } from './file-knowledge';
import { GutterIcons } from './gutter-icons';
import { editorRange, markDecoration, noteDecoration } from './in-file-decorations';
import { hoverOf } from './in-file-hover';
import { lensesOf } from './in-file-lenses';

// What the login may do by the names of objects is asked for so many of a file.
const mostAsked = 20;
const shownKey = 'inFile.shown';
// The workbench at times does not ask again when it is told of other lines; it never asks where lines are off.
const mostTold = 3;

export interface InFileWorld {
  readonly clusters: ConnectedClusters;
  readonly contexts: ClusterContexts;
  readonly server: Pick<LanguageServer, 'ask' | 'status'>;
  readonly events: RecentEvents;
  readonly log: RecentLog;
  readonly rights: Rights;
  readonly clock: StatusClock;
  /** Of this machine: whether lines for states are kept free before anything is connected. */
  readonly memory: vscode.Memento;
}

interface ShownObject {
  readonly declared: DeclaredObject;
  readonly objects: InFile;
}

/** States of live objects in the text of open files: lines above, marks behind names, failures at their fields. */
export class InFileView implements vscode.CodeLensProvider, vscode.HoverProvider {
  private readonly lensesChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.lensesChanged.event;
  private readonly files = new Map<string, FileKnowledge>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private readonly gate: RefreshGate;
  private readonly decorations = vscode.window.createTextEditorDecorationType({});
  private readonly gutter = new GutterIcons();
  private readonly drawn = new WeakMap<vscode.TextEditor, string>();
  /** The lines of each file that the workbench has, and how often it was told of others. */
  private readonly given = new Map<string, string>();
  private readonly told = new Map<string, { readonly text: string; readonly times: number }>();
  private endAttention: (() => void) | undefined;

  constructor(private readonly world: InFileWorld) {
    this.gate = new RefreshGate(world.clock, () => this.refresh());
    const ask = (): void => this.gate.ask();
    this.subscriptions = [
      this.lensesChanged,
      this.decorations,
      this.gutter,
      { dispose: world.clusters.store.onChange(ask) },
      vscode.window.onDidChangeVisibleTextEditors(ask),
      vscode.workspace.onDidChangeTextDocument(({ document }) => isFile(document) && ask()),
      vscode.workspace.onDidSaveTextDocument(ask),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri.toString())),
      // Of any language, which counts less than YAML: the lines of the server stand before these, always.
      vscode.languages.registerCodeLensProvider({ language: '*' }, this),
      vscode.languages.registerHoverProvider({ language: 'yaml' }, this),
    ];
    ask();
  }

  /** The repository was read anew, or a cluster of it is bound to another context. */
  repositoryChanged(): void {
    for (const file of this.files.values()) file.repositoryChanged();
    this.gate.ask();
  }

  /** What the login may do is another. */
  rightsChanged(): void {
    this.gate.ask();
  }

  /** Something was committed, fetched or checked out. */
  historyChanged(): void {
    for (const file of this.files.values()) file.historyChanged();
    this.gate.ask();
  }

  /** The object of a connected cluster that is declared at a position, or last before it; undefined when there is none. */
  objectAt(document: vscode.TextDocument, { line }: vscode.Position): LiveId | undefined {
    const objects = this.objectsOf(document);
    const placed = this.fileOf(document)?.documentOf(line);
    const here = objects.find(({ declared }) => declared.document === placed) ?? objects[0];
    return here?.objects?.find((object) => object.kind === 'live')?.id;
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const lenses = this.lenses(document);
    this.given.set(document.uri.toString(), JSON.stringify(lenses));
    return lenses;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const file = this.fileOf(document);
    const found = this.objectsOf(document).find(({ declared }) => editorRange(declared.range).contains(position));
    if (file === undefined || found?.objects === undefined) return undefined;
    const { clusters } = this.world;
    const difference = file.difference.bind(file);
    const texts = await hoverOf(clusters.store, found.objects, difference, this.world, token);
    return texts.length === 0 ? undefined : new vscode.Hover(texts, editorRange(found.declared.range));
  }

  dispose(): void {
    this.gate.dispose();
    this.endAttention?.();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private forget(uri: string): void {
    for (const known of [this.files, this.given, this.told]) known.delete(uri);
  }

  /** Where no cluster was ever shown, nothing is said in files; where one was, its lines are free from the first paint. */
  private isActive(): boolean {
    return this.world.clusters.store.contexts().length > 0 || this.world.memory.get(shownKey) === true;
  }

  private refresh(): void {
    const { clusters, memory } = this.world;
    if (clusters.store.contexts().length > 0 && memory.get(shownKey) !== true) void memory.update(shownKey, true);
    let isChanged = false;
    let hasObjects = false;
    for (const editor of vscode.window.visibleTextEditors) {
      if (this.hasOtherLenses(editor.document)) isChanged = true;
      if (this.draw(editor)) hasObjects = true;
    }
    if (isChanged) {
      this.lensesChanged.fire();
      this.gate.ask();
    }
    if (hasObjects) this.endAttention ??= clusters.attend();
    else {
      this.endAttention?.();
      this.endAttention = undefined;
    }
  }

  /** Whether the workbench should ask for the lines of a file again. */
  private hasOtherLenses(document: vscode.TextDocument): boolean {
    const key = document.uri.toString();
    const text = JSON.stringify(this.lenses(document));
    if ((this.given.get(key) ?? '[]') === text) {
      this.told.delete(key);
      return false;
    }
    const before = this.told.get(key);
    const times = before?.text === text ? before.times + 1 : 1;
    this.told.set(key, { text, times });
    return times <= mostTold;
  }

  /** @returns whether the file declares an object with a state */
  private draw(editor: vscode.TextEditor): boolean {
    const { document } = editor;
    const file = this.fileOf(document);
    const objects = this.objectsOf(document);
    const difference = (commit: string | undefined) => file?.difference(commit);
    const marks = objects.flatMap(({ declared, objects: live }) => {
      const mark = markOf(live, difference);
      return mark === undefined ? [] : [{ range: declared.range, mark }];
    });
    const notes = objects.flatMap(({ declared, objects: live }) =>
      notesOf(live, difference).flatMap(({ fields, text }) => {
        const range = file?.fieldRange(declared, fields);
        return range === undefined ? [] : [noteDecoration(range, text)];
      }),
    );
    const drawn = [...marks.map(({ range, mark }) => markDecoration(range, mark)), ...notes];
    const text = JSON.stringify(drawn);
    if ((this.drawn.get(editor) ?? '[]') !== text) editor.setDecorations(this.decorations, drawn);
    this.drawn.set(editor, text);
    this.gutter.draw(editor, marks);
    return objects.length > 0;
  }

  private lenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.isActive()) return [];
    const root = this.fileOf(document)?.root ?? '';
    const { clusters, rights } = this.world;
    return this.objectsOf(document).flatMap(({ declared, objects }, at) =>
      lensesOf(clusters.store, root, declared.range, objects, rights, at < mostAsked ? 'one' : 'many'),
    );
  }

  private objectsOf(document: vscode.TextDocument): readonly ShownObject[] {
    const file = this.fileOf(document);
    const { clusters, contexts } = this.world;
    if (file === undefined) return [];
    const { version, isDirty } = document;
    return file.read({ text: document.getText(), version, isDirty }).map((declared) => {
      const addresses = file.addressesOf(declared);
      const objects = addresses?.flatMap((address) => {
        return objectInFile(clusters.store, contexts, file.root, address) ?? [];
      });
      return { declared, objects };
    });
  }

  private fileOf(document: vscode.TextDocument): FileKnowledge | undefined {
    if (!isFile(document)) return undefined;
    const uri = document.uri.toString();
    const known = this.files.get(uri);
    // Before the repository was read the folder of the workspace stands for its root.
    const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.toString();
    const root = rootOfUri(uri, this.world.server.status().clusters.keys()) ?? folder;
    if (root === undefined || known?.root === root) return known;
    const file = new FileKnowledge(uri, root, this.world.server, () => this.gate.ask());
    this.files.set(uri, file);
    return file;
  }
}

const isFile = ({ languageId, uri: { scheme } }: vscode.TextDocument): boolean =>
  languageId === 'yaml' && (scheme === 'file' || scheme === 'vscode-remote');
