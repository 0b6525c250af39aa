import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { parse } from 'yaml';
import { lineAbout } from '../../client/kube/requests/log-line';
import { type ResourceId } from '../../server/model/resource-id';
import { id, open } from './support/request-scene';
import { type StoredObject } from './support/stored-object';

interface LinesCase {
  readonly name: string;
  readonly about: string;
  readonly lines: readonly ({ readonly taken: boolean; readonly msg: string } & Record<string, unknown>)[];
}

function idOf(text: string): ResourceId {
  const [group = '', kind = '', place = ''] = text.split(' ');
  const [namespace = '', name = ''] = place.split('/');
  return { group, kind, namespace, name };
}

for (const { name, about, lines } of parse(readFileSync('test/kube/log-lines.yaml', 'utf8')) as LinesCase[]) {
  test(`lines about an object: ${name}`, () => {
    for (const { taken, ...line } of lines) {
      const found = lineAbout(idOf(about), JSON.stringify(line));
      assert.equal(found !== undefined, taken, line.msg);
      if (found === undefined) continue;
      assert.deepEqual([found.message, found.error], [line.msg, line['error'] ?? '']);
    }
  });
}

const canary = id('Canary', 'flagger.app', 'podinfo', 'test');
const line = (text: string): string => `${JSON.stringify({ level: 'info', msg: text, canary: 'podinfo.test' })}\n`;

/** What is read of a Canary where Flux's controllers run in `flux-system`. */
async function read(context: TestContext, pods: readonly (readonly [place: string, labels: object])[], refused = '') {
  const scene = await open(context);
  for (const [place, labels] of pods) {
    const [namespace = '', name = ''] = place.split('/');
    const pod: StoredObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels: { ...labels } } };
    scene.server.put(pod);
    scene.server.logs.set(name, line(`of ${place}`));
  }
  scene.server.allows = (_, verb, { plural }, namespace) => {
    return refused === '' || plural !== 'pods' || verb !== 'list' || namespace !== undefined;
  };
  const found: string[] = [];
  const query = { namespace: 'flux-system', sinceSeconds: 60, follow: false };
  const { failure } = await scene.requests.logs(canary, query, ({ controller, message }) =>
    found.push(`${controller} ${message}`),
  );
  return { found: found.sort(), failure: failure?.name };
}

test("Flagger's pods have the label of its chart or that of its kustomize base, in any namespace", async (context) => {
  const chart = { 'app.kubernetes.io/name': 'flagger', 'app.kubernetes.io/instance': 'mesh' };
  assert.deepEqual(await read(context, [['flagger-system/flagger-1', { app: 'flagger' }]]), {
    found: ['flagger of flagger-system/flagger-1'],
    failure: undefined,
  });
  assert.deepEqual(
    await read(context, [
      ['istio-system/flagger-1', chart],
      ['linkerd-flagger/flagger-2', chart],
      ['flagger-system/flagger-loadtester-1', { app: 'flagger-loadtester' }],
    ]),
    { found: ['flagger of istio-system/flagger-1', 'flagger of linkerd-flagger/flagger-2'], failure: undefined },
  );
  // Where it runs beside Flux, nobody looks elsewhere.
  assert.deepEqual(
    await read(
      context,
      [
        ['flux-system/flagger-1', chart],
        ['other/flagger-2', chart],
      ],
      'elsewhere',
    ),
    { found: ['flagger of flux-system/flagger-1'], failure: undefined },
  );
  assert.deepEqual(await read(context, [['other/flagger-1', chart]], 'elsewhere'), {
    found: [],
    failure: 'forbidden',
  });
  // Nobody can have written anything there.
  assert.deepEqual(await read(context, []), { found: [], failure: 'absent' });
});
