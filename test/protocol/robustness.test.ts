import assert from 'node:assert/strict';
import { closeSync, ftruncateSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ResponseError } from '../support/protocol-client';
import {
  hasCode,
  kustomization,
  minimal as initialized,
  type Published,
  published,
  repository,
  scenario,
  startScene,
} from './scene';

scenario('a cancelled request is answered as cancelled', async (context) => {
  const scene = startScene(context);
  await scene.client.initialize(initialized, [scene.uri()]);
  const uri = scene.uri('clusters/staging/apps.yaml');
  scene.client.open(uri, kustomization('apps'));
  const { id, answer } = scene.client.begin('textDocument/hover', {
    textDocument: { uri },
    position: { line: 6, character: 3 },
  });
  scene.client.notify('$/cancelRequest', { id });
  await assert.rejects(answer, (error) => error instanceof ResponseError && error.code === -32800);
});

scenario('requests the server does not know and wrong parameters are errors, and it goes on', async (context) => {
  const scene = startScene(context);
  await scene.client.initialize(initialized, [scene.uri()]);
  await assert.rejects(scene.client.request('fluxwright/nothing', {}), ResponseError);
  const uri = scene.uri('clusters/staging/apps.yaml');
  scene.client.notify('textDocument/didChange', { textDocument: null, contentChanges: 7 });
  assert.equal(await scene.client.request('textDocument/hover', { textDocument: null }), null);
  scene.client.open(uri, kustomization('apps').replace('prune: true', 'prune: maybe'));
  await published(scene, uri, hasCode('schema-type'));
});

scenario('a message that is no JSON does not stop it', async (context) => {
  const scene = startScene(context);
  await scene.client.initialize(initialized, [scene.uri()]);
  scene.client.raw('Content-Length: 9\r\n\r\n{"id": 1,');
  const uri = scene.uri('clusters/staging/apps.yaml');
  scene.client.open(uri, kustomization('apps').replace('prune: true', 'prune: maybe'));
  await published(scene, uri, hasCode('schema-type'));
});

scenario('it ends when its input closes', async (context) => {
  const scene = startScene(context);
  await scene.client.initialize(initialized, [scene.uri()]);
  scene.client.hangUp();
  assert.equal(await scene.client.exited, 1);
});

scenario('it ends when the process that the client named is gone', async (context) => {
  const scene = startScene(context);
  // A process that ends and is waited for leaves a number that nobody has.
  const parent = startScene(context);
  parent.client.kill();
  await parent.client.exited;
  await scene.client.initialize(initialized, [scene.uri()], { processId: parent.client.pid });
  assert.equal(await scene.client.exited, 1);
});

scenario('shutdown and exit end it with code 0', async (context) => {
  const scene = startScene(context);
  await scene.client.initialize(initialized, [scene.uri()]);
  scene.client.open(scene.uri('clusters/staging/apps.yaml'), kustomization('apps'));
  assert.equal(await scene.client.stop(), 0);
});

scenario('deleted and renamed files change what is found', async (context) => {
  const scene = startScene(context);
  await scene.client.initialize(initialized, [scene.uri()]);
  const apps = scene.uri('clusters/staging/apps.yaml');
  const infra = scene.uri('clusters/staging/infra.yaml');
  await scene.client.next('fluxwright/snapshotChanged');
  rmSync(join(scene.folder, 'clusters/staging/infra.yaml'));
  scene.client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: infra, type: 3 }] });
  await published(scene, apps, hasCode('ref-depends-on-not-found'));
  scene.write('clusters/staging/infra.yaml', kustomization('infra'));
  scene.client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: infra, type: 1 }] });
  assert.deepEqual((await published(scene, apps)).diagnostics, []);
  renameSync(join(scene.folder, 'infra'), join(scene.folder, 'platform'));
  const moved = scene.uri('platform/config.yaml');
  scene.client.notify('workspace/didChangeWatchedFiles', {
    changes: [
      { uri: scene.uri('infra/config.yaml'), type: 3 },
      { uri: moved, type: 1 },
    ],
  });
  await published(scene, infra, hasCode('ks-path-not-found'));
});

scenario('a file of 100 MB and one that is half written stop nothing', async (context) => {
  const scene = startScene(context, {
    ...repository,
    'apps/broken.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "half\n',
  });
  const huge = openSync(join(scene.folder, 'apps/huge.yaml'), 'w');
  ftruncateSync(huge, 100 * 1024 * 1024);
  closeSync(huge);
  await scene.client.initialize(initialized, [scene.uri()]);
  await published(scene, scene.uri('apps/broken.yaml'), hasCode('yaml-syntax'));
  const uri = scene.uri('clusters/staging/apps.yaml');
  scene.client.open(uri, kustomization('apps').replace('prune: true', 'prune: maybe'));
  await published(scene, uri, hasCode('schema-type'));
});

scenario('lost file events are found when the window has the focus again', async (context) => {
  const scene = startScene(context);
  await scene.client.initialize(initialized, [scene.uri()]);
  await scene.client.next('fluxwright/snapshotChanged');
  scene.client.notify('fluxwright/focus', null);
  await scene.client.request('fluxwright/clusters', { root: scene.uri() });
  rmSync(join(scene.folder, 'clusters/staging/infra.yaml'));
  scene.client.notify('fluxwright/focus', null);
  await published(scene, scene.uri('clusters/staging/apps.yaml'), hasCode('ref-depends-on-not-found'));
});

scenario('a document of 2 MB is left alone: said so, and nothing it may declare is missing', async (context) => {
  const large = `${kustomization('infra')}# ${'x'.repeat(2_000_000)}\n`;
  const scene = startScene(context, { ...repository, 'clusters/staging/infra.yaml': large });
  await scene.client.initialize(initialized, [scene.uri()]);
  const infra = scene.uri('clusters/staging/infra.yaml');
  const [only, ...more] = (await published(scene, infra)).diagnostics;
  assert.deepEqual([only?.code, only?.severity, only?.range.start.line], ['yaml-too-large', 3, 0]);
  assert.equal(more.length, 0);
  // A text that is opened and edited is not read either, and one that became small is.
  scene.client.open(infra, large);
  await published(scene, infra, (one) => one.version === 1 && hasCode('yaml-too-large')(one));
  const small = kustomization('infra').replace('prune: true', 'prune: maybe');
  scene.client.notify('textDocument/didChange', {
    textDocument: { uri: infra, version: 2 },
    contentChanges: [{ text: small }],
  });
  const { diagnostics } = await published(scene, infra, ({ version }) => version === 2);
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['schema-type'],
  );
  assert.ok(
    !scene.client
      .pending('textDocument/publishDiagnostics')
      .some(hasFindingsOf(scene.uri('clusters/staging/apps.yaml'))),
  );
});

const hasFindingsOf =
  (uri: string) =>
  (message: unknown): boolean => {
    const { uri: of, diagnostics } = message as Published;
    return of === uri && diagnostics.length > 0;
  };
