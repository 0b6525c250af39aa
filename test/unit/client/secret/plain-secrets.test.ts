import assert from 'node:assert/strict';
import Module from 'node:module';
import { test } from 'node:test';

interface Diagnostic {
  readonly source: string;
  readonly code: string | { readonly value: string };
  readonly message: string;
}
interface Row {
  readonly resourceUri: { readonly path: string };
  readonly decorations: { readonly tooltip: string };
}

/** As much of an editor as is asked: findings by file, a Source Control view, contexts. */
function editor() {
  const findings = new Map<string, readonly Diagnostic[]>();
  let listener: (event: { readonly uris: readonly unknown[] }) => void = () => undefined;
  const uriOf = (path: string) => ({ path, toString: () => path });
  const seen = {
    context: [] as string[],
    contexts: 0,
    controls: 0,
    rows: [] as readonly Row[],
    count: 0 as number | undefined,
  };
  const control = {
    inputBox: { visible: true },
    set count(count: number) {
      seen.count = count;
    },
    createResourceGroup: () => ({
      set resourceStates(rows: readonly Row[]) {
        seen.rows = rows;
      },
    }),
    dispose: () => {
      seen.controls--;
      seen.rows = [];
      seen.count = undefined;
    },
  };
  const vscode = {
    languages: {
      getDiagnostics: (uri?: { readonly path: string }) =>
        uri === undefined ? [...findings].map(([path, list]) => [uriOf(path), list]) : (findings.get(uri.path) ?? []),
      onDidChangeDiagnostics: (call: typeof listener) => {
        listener = call;
        return { dispose: () => undefined };
      },
    },
    scm: {
      createSourceControl: () => {
        seen.controls++;
        return control;
      },
    },
    commands: {
      executeCommand: (_command: string, _key: string, value: readonly unknown[] | undefined) => {
        seen.contexts++;
        seen.context = (value ?? []).map(String);
        return Promise.resolve();
      },
    },
    Disposable: {
      from: (...all: readonly { dispose(): void }[]) => ({ dispose: () => all.forEach((one) => one.dispose()) }),
    },
    ThemeIcon: Object,
    ThemeColor: Object,
  };
  const change = (path: string, ...list: readonly Diagnostic[]): void => {
    findings.set(path, list);
    listener({ uris: [uriOf(path)] });
  };
  return { vscode, findings, seen, change };
}

async function follow(vscode: unknown): Promise<{ dispose(): void }> {
  const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
  const load = loader._load;
  loader._load = (request, ...rest) => (request === 'vscode' ? vscode : load.call(loader, request, ...rest));
  try {
    const { followPlainSecrets } = await import('../../../../client/views/secret/plain-secrets');
    return followPlainSecrets();
  } finally {
    loader._load = load;
  }
}

const plain = (message: string, code: Diagnostic['code'] = 'sops-plain-secret'): Diagnostic => ({
  source: 'flux',
  code,
  message,
});

test('Source Control has a group of ours while a plain Secret that a rule would encrypt is there', async () => {
  const { vscode, findings, seen, change } = editor();
  findings.set('/r/b.yaml', [plain('Secret b', { value: 'sops-plain-secret' })]);
  const following = await follow(vscode);
  assert.deepEqual([seen.context, seen.count], [['/r/b.yaml'], 1]);
  change('/r/a.yaml', plain('other', 'sops-old-version'), { ...plain('of others'), source: 'yaml' });
  assert.equal(seen.contexts, 1, 'other findings change nothing');
  change('/r/a.yaml', plain('Secret a'));
  assert.deepEqual(
    seen.rows.map(({ resourceUri, decorations }) => [resourceUri.path, decorations.tooltip]),
    [
      ['/r/a.yaml', 'Secret a'],
      ['/r/b.yaml', 'Secret b'],
    ],
  );
  assert.deepEqual(seen.context, ['/r/a.yaml', '/r/b.yaml']);
  change('/r/a.yaml');
  change('/r/b.yaml');
  assert.deepEqual([seen.context, seen.controls, seen.rows], [[], 0, []]);
  change('/r/b.yaml', plain('Secret b'));
  assert.equal(seen.controls, 1);
  following.dispose();
  assert.equal(seen.controls, 0);
});
