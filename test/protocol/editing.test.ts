import assert from 'node:assert/strict';
import { type Diagnostic, hasCode, kustomization, minimal, published, type Range, scenario, startScene } from './scene';

interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

interface CodeAction {
  readonly title: string;
  readonly kind: string;
  readonly isPreferred: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly edit: {
    readonly changes?: Readonly<Record<string, readonly TextEdit[]>>;
    readonly documentChanges?: readonly {
      readonly textDocument: { readonly uri: string; readonly version: number | null };
      readonly edits: readonly TextEdit[];
    }[];
  };
}

const literals = { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } } };

scenario('a fix travels with its finding and names the version it was made for', async (context) => {
  const scene = startScene(context);
  const { client } = scene;
  await client.initialize({ textDocument: literals, workspace: { workspaceEdit: { documentChanges: true } } }, [
    scene.uri(),
  ]);
  const uri = scene.uri('clusters/staging/apps.yaml');
  client.open(uri, kustomization('apps', 'infr'), 5);
  const { diagnostics } = await published(scene, uri, hasCode('ref-depends-on-not-found'));
  const ask = (): Promise<CodeAction[]> =>
    client.request('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostics[0]?.range,
      context: { diagnostics },
    });
  const [action] = await ask();
  assert.equal(action?.kind, 'quickfix');
  assert.equal(action.isPreferred, true);
  assert.deepEqual(action.edit.documentChanges, [
    {
      textDocument: { uri, version: 5 },
      edits: [{ range: { start: { line: 13, character: 12 }, end: { line: 13, character: 16 } }, newText: 'infra' }],
    },
  ]);

  // The text has moved on: an edit for the older one is not offered.
  client.notify('textDocument/didChange', {
    textDocument: { uri, version: 6 },
    contentChanges: [{ text: `# first\n${kustomization('apps', 'infr')}` }],
  });
  assert.deepEqual(await ask(), []);
});

scenario('a client without versioned edits gets plain changes', async (context) => {
  const scene = startScene(context);
  await scene.client.initialize({ textDocument: literals }, [scene.uri()]);
  const uri = scene.uri('clusters/staging/apps.yaml');
  scene.client.open(uri, kustomization('apps', 'infr'));
  const { diagnostics } = await published(scene, uri, hasCode('ref-depends-on-not-found'));
  const [action] = await scene.client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: diagnostics[0]?.range,
    context: { diagnostics },
  });
  assert.deepEqual(
    action?.edit.changes?.[uri]?.map(({ newText }) => newText),
    ['infra'],
  );
});

scenario('positions are counted in UTF-8 when the client asks for it, in and out', async (context) => {
  const scene = startScene(context);
  const { client } = scene;
  const { capabilities } = await client.initialize<{ capabilities: { positionEncoding: string } }>(
    { general: { positionEncodings: ['utf-8'] } },
    [scene.uri()],
  );
  assert.equal(capabilities.positionEncoding, 'utf-8');
  const uri = scene.uri('clusters/staging/apps.yaml');
  // `ä` takes two bytes, `🙂` four, each one or two UTF-16 units.
  const text = kustomization('apps').replace('  prune: true', '  prune: "ä🙂" #true');
  client.open(uri, text);
  const first = await published(scene, uri, hasCode('schema-type'));
  assert.deepEqual(first.diagnostics[0]?.range, { start: { line: 8, character: 9 }, end: { line: 8, character: 17 } });
  client.notify('textDocument/didChange', {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: { start: { line: 8, character: 9 }, end: { line: 8, character: 17 } }, text: 'true' }],
  });
  const second = await published(scene, uri, ({ version }) => version === 2);
  assert.deepEqual(second.diagnostics, []);
});

scenario('two folders are two roots that know nothing of each other', async (context) => {
  const one = startScene(context);
  const two = startScene(context, { 'clusters/prod/apps.yaml': kustomization('apps') });
  await one.client.initialize({ workspace: { workspaceFolders: true } }, [one.uri(), two.uri()]);
  const roots = new Set<string>();
  const note = async (): Promise<void> => {
    const { root } = await one.client.next<{ root: string }>('fluxwright/snapshotChanged');
    roots.add(root);
  };
  await note();
  await note();
  assert.deepEqual([...roots].sort(), [one.uri(), two.uri()].sort());
  const clustersOf = async (root: string): Promise<string[]> => {
    const answer = await one.client.request<{ clusters: { path: string }[] }>('fluxwright/clusters', { root });
    return answer.clusters.map(({ path }) => path);
  };
  assert.deepEqual(await clustersOf(one.uri()), ['clusters/staging']);
  assert.deepEqual(await clustersOf(two.uri()), ['clusters/prod']);

  one.client.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: [], removed: [{ uri: two.uri(), name: 'two' }] },
  });
  const gone = await one.client.request<{ available: boolean; reason: string }>('fluxwright/clusters', {
    root: two.uri(),
  });
  assert.equal(gone.reason, 'no-root');
});

scenario('an untitled document gets the rules of its own text', async (context) => {
  const scene = startScene(context);
  await scene.client.initialize(minimal, [scene.uri()]);
  const uri = 'untitled:Untitled-1';
  scene.client.open(uri, kustomization('apps', 'nowhere').replace('prune: true', 'prune: maybe'));
  const { diagnostics } = await published(scene, uri);
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['schema-type'],
  );
  scene.client.notify('textDocument/didClose', { textDocument: { uri } });
  assert.deepEqual((await published(scene, uri)).diagnostics, []);
});

scenario('editor settings change a severity with a note, and at once', async (context) => {
  const scene = startScene(context);
  const { client } = scene;
  let rules: Record<string, string> = { 'schema-type': 'hint' };
  client.handlers.set('workspace/configuration', () => [{ rules }]);
  await client.initialize({ workspace: { configuration: true } }, [scene.uri()]);
  const uri = scene.uri('clusters/staging/apps.yaml');
  client.open(uri, kustomization('apps').replace('prune: true', 'prune: maybe'));
  const hint = await published(scene, uri, ({ diagnostics }) => diagnostics[0]?.severity === 4);
  assert.match(hint.diagnostics[0]?.message ?? '', /\(Severity set by your editor settings\.\)$/);
  rules = { 'schema-type': 'off' };
  client.notify('workspace/didChangeConfiguration', { settings: null });
  assert.deepEqual((await published(scene, uri, ({ diagnostics }) => diagnostics.length === 0)).diagnostics, []);
});

scenario('files are watched by registration, with the other inputs of builds', async (context) => {
  const scene = startScene(context, {
    'clusters/staging/apps.yaml': kustomization('apps').replace('./apps', './clusters/staging'),
    'clusters/staging/kustomization.yaml':
      'resources: [apps.yaml]\nconfigMapGenerator:\n  - name: motd\n    files: [motd.txt]\npatches:\n  - path: patch.json\n    target: {kind: ConfigMap}\n',
    'clusters/staging/motd.txt': 'hello\n',
    'clusters/staging/patch.json': '[]\n',
  });
  await scene.client.initialize(
    { workspace: { didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } } },
    [scene.uri()],
  );
  interface Registration {
    readonly registrations: readonly {
      readonly method: string;
      readonly registerOptions: {
        readonly watchers: readonly { readonly globPattern: { readonly pattern: string } }[];
      };
    }[];
  }
  const patternsOf = async (): Promise<string[]> => {
    const { registrations } = await scene.client.next<Registration>('client/registerCapability');
    return registrations.flatMap(({ registerOptions }) =>
      registerOptions.watchers.map(({ globPattern }) => globPattern.pattern),
    );
  };
  const general = [
    '**/*.{yaml,yml}',
    '**/Kustomization',
    '**/.sops.yaml',
    '**/.fluxwright.yaml',
    '**/.sourceignore',
    '**/.gitignore',
    '**/*.{agekey,asc,key,pem,env}',
    '{GNUmakefile,Makefile,makefile,Justfile,justfile,.Justfile,.justfile}',
  ];
  assert.deepEqual(await patternsOf(), general);
  assert.ok((await patternsOf()).includes('clusters/staging/patch.json'));
});

scenario('the chain from a document to what it renders to, and back', async (context) => {
  const scene = startScene(context);
  const { client } = scene;
  await client.initialize(minimal, [scene.uri()]);
  await client.next('fluxwright/snapshotChanged');
  const uri = scene.uri('apps/config.yaml');
  const answer = await client.request<{ documents: { addresses: string[] }[] }>('fluxwright/documents', {
    uri,
    version: 0,
  });
  const address = 'clusters/staging|kustomize.toolkit.fluxcd.io/Kustomization/flux-system/apps|/ConfigMap/default/apps';
  assert.deepEqual(
    answer.documents.map(({ addresses }) => addresses),
    [[address]],
  );
  const located = await client.request<{ places: unknown[] }>('fluxwright/locate', { root: scene.uri(), address });
  assert.deepEqual(located.places, [
    { uri, range: { start: { line: 3, character: 8 }, end: { line: 3, character: 12 } } },
  ]);
  const rendered = await client.request<{ text: string }>('fluxwright/rendered', { root: scene.uri(), address });
  assert.deepEqual(rendered.text.split('\n').slice(0, 6), [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata:',
    '  labels:',
    '    kustomize.toolkit.fluxcd.io/name: apps',
    '    kustomize.toolkit.fluxcd.io/namespace: flux-system',
  ]);
  const line = rendered.text.split('\n').indexOf('  name: apps');
  const at = await client.request<{ places: { uri: string; range: Range }[] }>('fluxwright/originAt', {
    ...{ root: scene.uri(), address, line, character: 9 },
  });
  assert.deepEqual(
    at.places.map((place) => [place.uri, place.range.start]),
    [[uri, { line: 3, character: 8 }]],
  );
  const whole = await client.request<{ text: string }>('fluxwright/rendered', {
    root: scene.uri(),
    address: address.slice(0, address.lastIndexOf('|') + 1),
  });
  assert.equal(whole.text, rendered.text);
  const graph = await client.request<{
    clusters: { edges: { from: string; to: string; role: string }[]; sources: unknown[] }[];
  }>('fluxwright/graph', { root: scene.uri() });
  assert.deepEqual(graph.clusters[0]?.sources, [
    {
      source: 'source.toolkit.fluxcd.io/GitRepository/flux-system/flux-system',
      folder: '',
      by: 'sync',
      inferred: false,
    },
  ]);
  const roles = graph.clusters.flatMap(({ edges }) => edges.map(({ role }) => role));
  assert.deepEqual(new Set(roles), new Set(['applies', 'sourceRef', 'dependsOn']));
  const later = await client.request<{ available: boolean; reason: string; generation: number }>('fluxwright/effect', {
    root: scene.uri(),
    ref: 'HEAD',
  });
  assert.equal(later.reason, 'not-implemented');
  assert.equal(later.generation, 1);
});
