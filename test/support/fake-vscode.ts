import Module from 'node:module';

type Listener<T> = (value: T) => void;

/** Events as the editor has them; a test fires them. */
export class FakeEvent<T> {
  private readonly listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>): { dispose(): void } => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(...[line, character, endLine, endCharacter]: readonly [number, number, number, number]) {
    this.start = new Position(line, character);
    this.end = new Position(endLine, endCharacter);
  }
  contains({ line, character }: Position): boolean {
    const { start, end } = this;
    return line === start.line && line === end.line && character >= start.character && character <= end.character;
  }
}

/** An editor that notes what is drawn in it. */
export class FakeEditor {
  /** By the decoration type: what is drawn now. */
  readonly drawn = new Map<object, readonly unknown[]>();
  calls = 0;
  readonly selection: { active: { readonly line: number; readonly character: number } } = {
    active: new Position(0, 0),
  };
  constructor(readonly document: FakeDocument) {}
  setDecorations(type: object, options: readonly unknown[]): void {
    this.calls++;
    if (options.length === 0) this.drawn.delete(type);
    else this.drawn.set(type, options);
  }
}

export interface FakeDocument {
  readonly uri: { readonly scheme: string; toString(): string };
  readonly languageId: string;
  readonly version: number;
  readonly isDirty: boolean;
  getText(): string;
}

/** A document of a YAML file on disk. */
export function fakeDocument(uri: string, text: string): FakeDocument {
  return {
    ...{ uri: { scheme: 'file', toString: () => uri }, languageId: 'yaml', version: 1, isDirty: false },
    getText: () => text,
  };
}

/** A tree view that notes what is revealed in it. */
export interface FakeTreeView {
  readonly id: string;
  visible: boolean;
  readonly revealed: string[];
  /** The user selects rows. */
  select(...paths: readonly string[]): void;
}

/** A progress that is shown until its work is done. */
export interface FakeProgress {
  readonly location: unknown;
  readonly isCancellable: boolean;
  readonly messages: string[];
  readonly cancel: () => void;
  isDone: boolean;
}

/** As much of the editor's API as the live views use, in a test's hands. */
export class FakeVscode {
  visibleEditors: FakeEditor[] = [];
  activeEditor: FakeEditor | undefined;
  readonly settings = new Map<string, unknown>();
  readonly trees: FakeTreeView[] = [];
  readonly types: object[] = [];
  /** Every question and notice, in order. Nobody answers. */
  readonly notices: string[] = [];
  /** Lists that were offered, as their labels with what stands in them before a choice; nobody chooses. */
  readonly lists: string[][] = [];
  /** URIs of documents that were opened. */
  readonly opened: string[] = [];
  /** Every progress that was shown, in order. */
  readonly shownProgress: FakeProgress[] = [];
  readonly activeEditorChanged = new FakeEvent<unknown>();
  readonly selectionChanged = new FakeEvent<unknown>();
  readonly visibleEditorsChanged = new FakeEvent<unknown>();

  readonly api = this.makeApi();

  private makeApi(): object {
    const never = new FakeEvent<unknown>().event;
    const nothing = { dispose: () => undefined };
    const currentEditors = (): FakeEditor[] => this.visibleEditors;
    const currentEditor = (): FakeEditor | undefined => this.activeEditor;
    return {
      Position,
      Range,
      EventEmitter: FakeEvent,
      ThemeColor: class {
        constructor(readonly id: string) {}
      },
      CodeLens: class {
        constructor(
          readonly range: Range,
          readonly command: object,
        ) {}
      },
      MarkdownString: class {
        isTrusted = false;
        supportHtml = false;
        constructor(readonly value: string) {}
      },
      Hover: class {
        constructor(
          readonly contents: readonly unknown[],
          readonly range: Range,
        ) {}
      },
      ProgressLocation: { Notification: 'notification' },
      Uri: { parse: (text: string) => ({ toString: () => text }) },
      Disposable: {
        from: (...ends: readonly { dispose(): void }[]) => ({ dispose: () => ends.forEach((end) => end.dispose()) }),
      },
      window: {
        get visibleTextEditors() {
          return currentEditors();
        },
        get activeTextEditor() {
          return currentEditor();
        },
        createTextEditorDecorationType: (look: object) => {
          const type = { look, dispose: () => undefined };
          this.types.push(type);
          return type;
        },
        createTreeView: (id: string) => {
          const selected = new FakeEvent<{ readonly selection: readonly string[] }>();
          const view = {
            ...{
              id,
              visible: false,
              revealed: [] as string[],
              onDidChangeVisibility: never,
              onDidChangeSelection: selected.event,
              dispose: () => undefined,
            },
            select: (...selection: readonly string[]) => selected.fire({ selection }),
            reveal: (path: string) => Promise.resolve(void view.revealed.push(path)),
          };
          this.trees.push(view);
          return view;
        },
        ...Object.fromEntries(
          ['showWarningMessage', 'showErrorMessage', 'showInformationMessage'].map((name) => [
            name,
            (text: string) => Promise.resolve(void this.notices.push(text)),
          ]),
        ),
        setStatusBarMessage: () => nothing,
        showQuickPick: (items: readonly { label: string }[], options: { placeHolder?: string }) =>
          Promise.resolve(void this.lists.push([options.placeHolder ?? '', ...items.map(({ label }) => label)])),
        showTextDocument: (uri: { toString(): string }) => Promise.resolve(void this.opened.push(uri.toString())),
        withProgress: (
          { location, cancellable }: { location: unknown; cancellable?: boolean },
          work: (progress: object, token: object) => Promise<unknown>,
        ) => {
          const cancelled = new FakeEvent<undefined>();
          const shown: FakeProgress = {
            ...{ location, isCancellable: cancellable === true, messages: [], isDone: false },
            cancel: () => cancelled.fire(undefined),
          };
          this.shownProgress.push(shown);
          const report = ({ message }: { message: string }): void => void shown.messages.push(message);
          return work({ report }, { onCancellationRequested: cancelled.event }).then(() => (shown.isDone = true));
        },
        onDidChangeVisibleTextEditors: this.visibleEditorsChanged.event,
        onDidChangeActiveTextEditor: this.activeEditorChanged.event,
        onDidChangeTextEditorSelection: this.selectionChanged.event,
      },
      workspace: {
        onDidChangeTextDocument: never,
        onDidSaveTextDocument: never,
        onDidCloseTextDocument: never,
        asRelativePath: (uri: { toString(): string }) => uri.toString(),
        getWorkspaceFolder: () => ({ uri: { toString: () => 'file:///r' } }),
        getConfiguration: (section: string) => ({ get: (name: string) => this.settings.get(`${section}.${name}`) }),
      },
      commands: { executeCommand: () => Promise.resolve(undefined) },
      languages: { registerCodeLensProvider: () => nothing, registerHoverProvider: () => nothing },
    };
  }
}

/** Loads modules that need the editor with a fake one in its place. */
export async function withVscode<T>(fake: FakeVscode, load: () => Promise<T>): Promise<T> {
  const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
  const original = loader._load;
  loader._load = (request, ...rest) => (request === 'vscode' ? fake.api : original.call(loader, request, ...rest));
  try {
    return await load();
  } finally {
    loader._load = original;
  }
}
