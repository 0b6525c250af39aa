import assert from 'node:assert/strict';
import { ResponseError } from '../support/protocol-client';
import { type Diagnostic, hasCode, kustomization, pulling, scenario, startScene } from './scene';

interface Report {
  readonly kind: 'full' | 'unchanged';
  readonly resultId?: string;
  readonly items: readonly Diagnostic[];
}

interface WorkspaceReport {
  readonly items: readonly (Report & { readonly uri: string; readonly version: number | null })[];
}

interface Progress {
  readonly token: string;
  readonly value: WorkspaceReport;
}

scenario('a client that pulls is pushed nothing and gets findings of the text at once', async (context) => {
  const scene = startScene(context);
  const { capabilities } = await scene.client.initialize<{ capabilities: Record<string, unknown> }>(pulling, [
    scene.uri(),
  ]);
  assert.deepEqual(capabilities['diagnosticProvider'], {
    identifier: 'flux',
    interFileDependencies: true,
    workspaceDiagnostics: true,
  });
  const uri = scene.uri('clusters/staging/apps.yaml');
  scene.client.open(uri, kustomization('apps').replace('prune: true', 'prune: maybe'));
  const pull = (previousResultId?: string): Promise<Report> =>
    scene.client.request('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
  const first = await pull();
  assert.ok(hasCode('schema-type')(first));
  assert.deepEqual(await pull(first.resultId), { kind: 'unchanged', resultId: first.resultId });

  // Right behind a change the answer is about the new text.
  scene.client.notify('textDocument/didChange', {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: kustomization('apps') }],
  });
  assert.deepEqual((await pull(first.resultId)).items, []);
  assert.deepEqual(scene.client.pending('textDocument/publishDiagnostics'), []);
});

scenario('a refresh is asked for when rendering finds something in an open document', async (context) => {
  const scene = startScene(context);
  await scene.client.initialize(pulling, [scene.uri()]);
  const infra = scene.uri('clusters/staging/infra.yaml');
  const apps = scene.uri('clusters/staging/apps.yaml');
  scene.client.open(apps, kustomization('apps', 'infra'));
  const pull = (): Promise<Report> => scene.client.request('textDocument/diagnostic', { textDocument: { uri: apps } });
  assert.deepEqual((await pull()).items, []);
  scene.client.open(infra, kustomization('infra').replace('name: infra', 'name: platform'));
  await scene.client.next('workspace/diagnostic/refresh');
  assert.ok(hasCode('ref-depends-on-not-found')(await pull()));
});

scenario('workspace diagnostics are held open and stream only what changed', async (context) => {
  const scene = startScene(context);
  const { client } = scene;
  await client.initialize(pulling, [scene.uri()]);
  const apps = scene.uri('clusters/staging/apps.yaml');
  const held = client.begin('workspace/diagnostic', { previousResultIds: [], partialResultToken: 'w' });
  const edit = (version: number, name: string): void =>
    client.notify('textDocument/didChange', {
      textDocument: { uri: scene.uri('clusters/staging/infra.yaml'), version },
      contentChanges: [{ text: kustomization('infra').replace('name: infra', `name: ${name}`) }],
    });
  client.open(scene.uri('clusters/staging/infra.yaml'), kustomization('infra'));
  edit(2, 'platform');
  const added = await client.next<Progress>('$/progress', ({ value }) => value.items.some(({ uri }) => uri === apps));
  assert.deepEqual(
    added.value.items.map(({ uri }) => uri),
    [apps],
  );
  edit(3, 'infra');
  const removed = await client.next<Progress>('$/progress');
  assert.deepEqual(
    removed.value.items.map(({ uri, items }) => [uri, items]),
    [[apps, []]],
  );
  client.notify('$/cancelRequest', { id: held.id });
  await assert.rejects(held.answer, (error) => error instanceof ResponseError && error.code === -32800);
});

scenario('without a stream the held request is answered with the first news', async (context) => {
  const scene = startScene(context);
  const { client } = scene;
  await client.initialize(pulling, [scene.uri()]);
  const held = client.request<WorkspaceReport>('workspace/diagnostic', { previousResultIds: [] });
  client.open(scene.uri('clusters/staging/infra.yaml'), kustomization('infra').replace('name: infra', 'name: base'));
  const { items } = await held;
  assert.deepEqual(
    items.map(({ uri }) => uri),
    [scene.uri('clusters/staging/apps.yaml')],
  );
  const [item] = items;
  assert.ok(item?.resultId !== undefined);
  const previousResultIds = [{ uri: item.uri, value: item.resultId }];
  const again = client.request<WorkspaceReport>('workspace/diagnostic', { previousResultIds });
  assert.equal(await client.stop(), 0);
  assert.deepEqual(await again, { items: [] });
});
