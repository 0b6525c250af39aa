import { type FilePath } from '../model/file-path';
import { type Severity } from '../model/finding';
import { type Clock, type Log } from '../model/ports';
import { type AnalysedRoot, createAnalysedRoot } from './analysed-root';
import { type ClientSupport } from './client-support';
import { type Documents, type OpenDocument } from './documents';
import { type Publication } from './publish';
import { type PulledFile } from './pull';
import { type Root } from './root';

export interface SessionOptions {
  readonly support: ClientSupport;
  readonly documents: Documents;
  readonly clock: Clock;
  readonly log: Log;
  /** The root a folder belongs to; two folders of one repository have one. */
  readonly openRoot: (folderUri: string) => Root;
  /** The place of documents that lie in no root. */
  readonly openOutside: () => Root;
  readonly override: (code: string) => Severity | 'off' | undefined;
  readonly publish: (publication: Publication) => void;
  readonly judged: (root: AnalysedRoot, generation: number, changed: readonly string[]) => void;
}

/** A document's root and its path there. */
export interface Placed {
  readonly in: AnalysedRoot;
  readonly path: FilePath;
}

/** All roots of one client: one Workspace and one Judge each, plus one for documents outside of them. */
export interface Session {
  readonly roots: readonly AnalysedRoot[];
  /** Replaces the set of workspace folders; open documents move to the root that holds them now. */
  setFolders(folderUris: readonly string[]): void;
  rootOf(uri: string): AnalysedRoot | undefined;
  /** Where a URI lies: the innermost root that holds it, else outside. */
  place(uri: string): Placed | undefined;
  opened(document: OpenDocument): void;
  changed(document: OpenDocument): void;
  closed(uri: string): void;
  pulledFiles(): Iterable<PulledFile>;
  stop(): void;
}

export function createSession(options: SessionOptions): Session {
  const analysed = (root: Root): AnalysedRoot => {
    const made: AnalysedRoot = createAnalysedRoot({
      ...options,
      root,
      judged: (generation, changed) => options.judged(made, generation, changed),
    });
    return made;
  };
  let roots: AnalysedRoot[] = [];
  let outside: AnalysedRoot | undefined;
  const places = new Map<string, Placed>();

  const place = (uri: string): Placed | undefined => {
    let best: Placed | undefined;
    for (const candidate of roots) {
      const path = candidate.root.pathOf(uri);
      if (path !== undefined && (best === undefined || path.length < best.path.length)) best = { in: candidate, path };
    }
    if (best !== undefined) return best;
    outside ??= analysed(options.openOutside());
    const path = outside.root.pathOf(uri);
    return path === undefined ? undefined : { in: outside, path };
  };
  const leave = (uri: string): void => {
    const before = places.get(uri);
    places.delete(uri);
    before?.in.close(before.path);
  };
  const enter = (document: OpenDocument): void => {
    const at = place(document.uri);
    if (at === undefined) return;
    places.set(document.uri, at);
    at.in.open(at.path, document);
  };
  return {
    get roots() {
      return roots;
    },
    setFolders(folderUris) {
      const known = new Map(roots.map((root) => [root.root.uri, root]));
      const kept = new Map<string, AnalysedRoot>();
      for (const folder of folderUris) {
        const root = options.openRoot(folder);
        kept.set(root.uri, known.get(root.uri) ?? kept.get(root.uri) ?? analysed(root));
      }
      const gone = roots.filter((root) => !kept.has(root.root.uri));
      roots = [...kept.values()];
      for (const { uri } of options.documents.all()) {
        const now = place(uri);
        if (places.get(uri)?.in !== now?.in) leave(uri);
      }
      for (const root of gone) root.end();
      for (const document of options.documents.all()) if (!places.has(document.uri)) enter(document);
      for (const root of roots) root.schedule.wake();
    },
    rootOf: (uri) => roots.find(({ root }) => root.uri === uri),
    place: (uri) => places.get(uri) ?? place(uri),
    opened(document) {
      leave(document.uri);
      enter(document);
    },
    changed(document) {
      const at = places.get(document.uri);
      at?.in.change(at.path, document);
    },
    closed: leave,
    *pulledFiles() {
      for (const root of roots) yield* root.pulledFiles();
    },
    stop() {
      for (const root of [...roots, ...(outside === undefined ? [] : [outside])]) root.schedule.stop();
    },
  };
}
