import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { stringAt } from '../../../server/model/json';
import { type Steps } from '../../../server/model/steps';
import { analyse, summarize } from '../../support/analysis';
import { memoryFiles } from '../../support/memory-files';

const source = 'sourceRef: {kind: GitRepository, name: flux-system}';

function kustomization(name: string, fields: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {interval: 1h, prune: true, ${source}, ${fields}}\n`;
}

/** A cluster whose team folders each apply one file. */
function repository(teams: number): Map<string, string> {
  const files = new Map([
    ['clusters/home/flux-system/gotk-sync.yaml', kustomization('flux-system', 'path: ./clusters/home')],
  ]);
  for (let team = 0; team < teams; team++) {
    const name = `team-${String(team)}`;
    files.set(`clusters/home/${name}.yaml`, kustomization(name, `path: ./teams/${name}`));
    files.set(
      `teams/${name}/config.yaml`,
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop}\ndata: {a: b}\n`,
    );
  }
  return files;
}

function stepsOf(steps: Steps<unknown>): number {
  for (let count = 0; ; count++) if (steps.next().done === true) return count;
}

/** Steps that an edit of one file takes, after which all is as from scratch. */
function stepsOfEdit(teams: number, path: string, edit: (text: string) => string): number {
  const files = memoryFiles(repository(teams));
  const analysis = analyse(files);
  analysis.run();
  files.set(path, edit(files.text(path) ?? ''));
  analysis.workspace.touch([path]);
  const steps = stepsOf(analysis.workspace.link());
  assert.deepEqual(summarize(analysis.run()), summarize(analyse(files).run()));
  return steps;
}

for (const [what, path, edit] of [
  ['an object', 'teams/team-3/config.yaml', (text: string) => text.replace('shop', 'store')],
  ['a name of the cluster', 'teams/team-3/config.yaml', (text: string) => text.replace('name: team-3', 'name: other')],
] as const) {
  test(`what an edit of ${what} takes does not grow with the cluster`, () => {
    assert.equal(stepsOfEdit(60, path, edit), stepsOfEdit(15, path, edit));
  });
}

test('an edit of a Kustomization renders its own builds, and those of no other', () => {
  const path = 'clusters/home/team-3.yaml';
  const edit = (text: string): string => text.replace('interval: 1h', 'interval: 2h, targetNamespace: other');
  const growth = stepsOfEdit(60, path, edit) - stepsOfEdit(15, path, edit);
  // The build that applies the Kustomizations has this many more objects, and reads each in a few steps.
  assert.ok(growth <= 45 * 8, `${String(growth)} steps more for 45 Kustomizations more`);
});

test('a root that patches itself applies the others as what it renders itself to', () => {
  const files = memoryFiles(
    new Map([
      ['clusters/home/flux-system/gotk-sync.yaml', kustomization('flux-system', 'path: ./clusters/home')],
      [
        'clusters/home/kustomization.yaml',
        'resources: [flux-system/gotk-sync.yaml, apps.yaml]\npatches:\n- target: {kind: Kustomization, name: flux-system}\n  patch: |\n    - {op: add, path: /spec/postBuild, value: {substitute: {folder: apps}}}\n',
      ],
      ['clusters/home/apps.yaml', kustomization('apps', 'path: "./${folder}"')],
      ['apps/config.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shown, namespace: shop}\n'],
    ]),
  );
  const [cluster] = analyse(files).run().snapshot.clusters;
  const apps = cluster?.kustomization('kustomize.toolkit.fluxcd.io/Kustomization/flux-system/apps');
  assert.equal(stringAt(apps?.object.value, 'spec', 'path'), './apps');
  assert.equal(cluster?.objectsOf('', 'ConfigMap').length, 1);
});

test('a rendering does not keep the ones before it alive', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const files = memoryFiles(repository(3));
  const analysis = analyse(files);
  const renderings: WeakRef<object>[] = [];
  const path = 'clusters/home/team-1.yaml';
  const text = files.text(path) ?? '';
  for (const edit of ['1h', '2h', '3h', '4h', '5h', '6h', '7h']) {
    files.set(path, text.replace('interval: 1h', `interval: ${edit}`));
    // Every other edit takes the way through the whole cluster.
    if (renderings.length % 2 === 1) files.set('clusters/home/added.yaml', `# ${edit}\n`);
    else files.delete('clusters/home/added.yaml');
    analysis.workspace.touch([path, 'clusters/home/added.yaml']);
    for (const cluster of analysis.run().snapshot.clusters) renderings.push(new WeakRef(cluster.builds));
  }
  assert.equal(renderings.length, 7);
  // References are cleared between two turns of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  // The schemas of the definitions are read from the snapshot that first had them, and the last two are in use.
  const past = renderings.slice(1, -2);
  assert.deepEqual(
    past.map((rendering) => rendering.deref() === undefined),
    past.map(() => true),
  );
});
