import assert from 'node:assert/strict';
import { hasCode, kustomization, minimal, published, scenario, startScene } from './scene';

scenario('a client without pull gets findings pushed, of documents and of rendering', async (context) => {
  const scene = startScene(context);
  const { capabilities } = await scene.client.initialize<{ capabilities: Record<string, unknown> }>(minimal, [
    scene.uri(),
  ]);
  assert.equal(capabilities['diagnosticProvider'], undefined);
  assert.equal(capabilities['positionEncoding'], 'utf-16');
  assert.deepEqual(capabilities['experimental'], { fluxwright: { protocol: 1 } });

  const uri = scene.uri('clusters/staging/apps.yaml');
  scene.client.open(uri, kustomization('apps', 'infrastructure'), 7);
  const publication = await published(scene, uri, hasCode('ref-depends-on-not-found'));
  assert.equal(publication.version, 7);
  const [finding] = publication.diagnostics;
  assert.equal(finding?.source, 'flux');
  assert.deepEqual(finding.range, { start: { line: 13, character: 12 }, end: { line: 13, character: 26 } });
});

scenario('every publish of an open document carries the version it was made from', async (context) => {
  const scene = startScene(context);
  await scene.client.initialize(minimal, [scene.uri()]);
  const uri = scene.uri('clusters/staging/apps.yaml');
  scene.client.open(uri, kustomization('apps'), 1);
  assert.equal((await published(scene, uri)).version, 1);
  for (const version of [2, 3, 4]) {
    const text = kustomization('apps').replace('prune: true', `prune: ${version}`);
    scene.client.notify('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }
  const last = await published(scene, uri, (one) => one.version === 4 && hasCode('schema-type')(one));
  assert.deepEqual(last.diagnostics[0]?.range.start, { line: 8, character: 9 });
  assert.ok(last.diagnostics[0].message.includes('4'));
});

scenario('an incremental change counts where it was made', async (context) => {
  const scene = startScene(context);
  await scene.client.initialize(minimal, [scene.uri()]);
  const uri = scene.uri('clusters/staging/apps.yaml');
  scene.client.open(uri, kustomization('apps'));
  scene.client.notify('textDocument/didChange', {
    textDocument: { uri, version: 2 },
    contentChanges: [
      { range: { start: { line: 8, character: 9 }, end: { line: 8, character: 13 } }, text: 'maybe' },
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# first\n' },
    ],
  });
  const { diagnostics } = await published(scene, uri, hasCode('schema-type'));
  assert.deepEqual(diagnostics[0]?.range, { start: { line: 9, character: 9 }, end: { line: 9, character: 14 } });
});

scenario('a finding in a file that is not open is published without a version, and taken back', async (context) => {
  const scene = startScene(context);
  await scene.client.initialize(minimal, [scene.uri()]);
  const infra = scene.uri('clusters/staging/infra.yaml');
  const apps = scene.uri('clusters/staging/apps.yaml');
  scene.client.open(infra, kustomization('infra').replace('name: infra', 'name: platform'));
  const broken = await published(scene, apps, hasCode('ref-depends-on-not-found'));
  assert.equal(broken.version, undefined);
  scene.client.notify('textDocument/didClose', { textDocument: { uri: infra } });
  assert.deepEqual((await published(scene, apps)).diagnostics, []);
});

scenario('the opened document does not wait for the repository', async (context) => {
  const scene = startScene(context);
  await scene.client.initialize(minimal, [scene.uri()]);
  const uri = scene.uri('clusters/staging/apps.yaml');
  scene.client.open(uri, kustomization('apps').replace('prune: true', 'prune: maybe'));
  await published(scene, uri, hasCode('schema-type'));
  await scene.client.next('fluxwright/snapshotChanged');
  const [first] = scene.client.received.filter((method) => /publishDiagnostics|snapshotChanged/.test(method));
  assert.equal(first, 'textDocument/publishDiagnostics');
});
