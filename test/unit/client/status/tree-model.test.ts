import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveId } from '../../../../client/status/live/live-id';
import { type LiveObject } from '../../../../client/status/object-sink';
import { StatusStore } from '../../../../client/status/store/status-store';
import { everything } from '../../../../client/status/tree/filter';
import { LoadedTree } from '../../../../client/status/tree/loaded-tree';
import { childPath, isBelow, parentPath, parsePath } from '../../../../client/status/tree/node-path';
import { pathTo } from '../../../../client/status/tree/path-to';
import { searchObjects } from '../../../../client/status/tree/search';
import { TreeModel, viewSections, type TreeOptions } from '../../../../client/status/tree/tree-model';
import { FakeClock } from '../../../support/fake-clock';
import { feed, fullObject, idOf, scopeOf, type ShortObject } from '../../../support/live-objects';
import { draw, options, storeOf } from '../../../support/drawn-tree';

const ready = ['Ready True ReconciliationSucceeded x'];

test('by kind, with what was applied below', () => {
  const store = storeOf(
    {
      is: 'Kustomization f/apps',
      conditions: ready,
      spec: { wait: true },
      inventory: ['web/HelmRelease/web', 'web/Service/web'],
    },
    { is: 'HelmRelease web/web', conditions: ['Ready False InstallFailed x'], inventory: ['web/Deployment.apps/web'] },
    { is: 'GitRepository f/main', conditions: ready },
  );
  assert.deepEqual(draw(new TreeModel(store, options('kind'))), [
    'bench  1 failing',
    '  Kustomizations  1',
    '    apps  f · ready',
    '      web  HelmRelease · web · failed · InstallFailed',
    '        web  Deployment · web',
    '      web  Service · web',
    '  Helm Releases  1 · 1 failing',
    '    web  web · failed · InstallFailed',
    '      web  Deployment · web',
  ]);
  const sources = new TreeModel(store, options('kind', { sections: viewSections.sources }));
  assert.deepEqual(draw(sources), ['bench', '  Git Repositories  1', '    main  f · ready']);
});

test('by namespace', () => {
  const store = storeOf(
    { is: 'Kustomization f/apps', conditions: ready },
    { is: 'HelmRelease web/web', conditions: ready },
  );
  assert.deepEqual(draw(new TreeModel(store, options('namespace'))), [
    'bench',
    '  f  1',
    '    apps  Kustomization · applied, not health-checked',
    '  web  1',
    '    web  HelmRelease · ready',
  ]);
});

test('by dependency: a diamond stands twice, under each of its parents', () => {
  const on = (...names: string[]): { dependsOn: { name: string }[] } => ({
    dependsOn: names.map((name) => ({ name })),
  });
  const store = storeOf(
    { is: 'Kustomization f/top', conditions: ready, spec: { wait: true } },
    { is: 'Kustomization f/left', conditions: ready, spec: { wait: true, ...on('top') } },
    { is: 'Kustomization f/right', conditions: ready, spec: { wait: true, ...on('top') } },
    { is: 'Kustomization f/bottom', conditions: ready, spec: { wait: true, ...on('left', 'right') } },
    { is: 'Kustomization f/x', spec: on('y') },
    { is: 'Kustomization f/y', spec: on('x') },
  );
  const model = new TreeModel(store, options('dependency'));
  assert.deepEqual(draw(model), [
    'bench',
    '  Waiting in a Circle  2',
    '    x  Kustomization · f · no status yet',
    '      y  Kustomization · f · no status yet',
    '        x  Kustomization · f · no status yet · shown above',
    '    y  Kustomization · f · no status yet',
    '      x  Kustomization · f · no status yet',
    '        y  Kustomization · f · no status yet · shown above',
    '  top  Kustomization · f · ready',
    '    left  Kustomization · f · ready',
    '      bottom  Kustomization · f · ready',
    '    right  Kustomization · f · ready',
    '      bottom  Kustomization · f · ready',
  ]);
  // Two rows of one object have two identities, and a change makes both old.
  const tree = new LoadedTree(model);
  const open = (path?: string): string[] =>
    tree.children(path).flatMap(({ path: below }) => [below, ...(below.split('/').length < 5 ? open(below) : [])]);
  const paths = open();
  assert.equal(new Set(paths).size, paths.length);
  const bottom = idOf('Kustomization f/bottom');
  assert.equal(paths.filter((path) => parsePath(path)?.at(-1)?.value === bottom).length, 2);
  store.put(
    scopeOf('Kustomization'),
    fullObject({ is: 'Kustomization f/bottom', conditions: ['Ready False BuildFailed x'], spec: on('left', 'right') }),
  );
  const { rows, labels, isRootListChanged } = tree.update({ objects: new Set([bottom]), contexts: new Set() });
  assert.equal(isRootListChanged, false);
  assert.deepEqual(
    rows.map((path) => parsePath(path)?.at(-1)?.value),
    [bottom, bottom],
  );
  // The row of the context counts failing objects.
  assert.deepEqual(
    labels.map(({ kind }) => kind),
    ['context'],
  );
});

test('an inventory that leads back to its owner is not followed round and round', () => {
  const store = storeOf(
    { is: 'Kustomization f/root', conditions: ready, inventory: ['f/Kustomization/root', 'f/Kustomization/apps'] },
    { is: 'Kustomization f/apps', conditions: ready, inventory: ['f/Kustomization/root'] },
  );
  const lines = draw(new TreeModel(store, options('kind')));
  assert.ok(lines.length < 15, lines.join('\n'));
  assert.ok(lines.some((line) => line.includes('shown above')));
});

test('objects of an unbound cluster are listed without a state', () => {
  const store = storeOf(
    {
      is: 'Kustomization f/apps',
      conditions: ready,
      spec: { wait: true, kubeConfig: { secretRef: { name: 'spoke' } } },
      inventory: ['web/HelmRelease/web'],
    },
    { is: 'HelmRelease web/web', conditions: ['Ready False InstallFailed x'] },
  );
  const model = new TreeModel(store, options('kind'));
  const [row] = model.children(
    childPath(
      childPath(childPath(undefined, 'context', 'bench'), 'kind', 'kustomize.toolkit.fluxcd.io/Kustomization'),
      'object',
      idOf('Kustomization f/apps'),
    ),
  );
  assert.equal(row?.kind, 'listed');
  assert.equal(row.state, undefined);
  assert.equal(row.target, undefined);
  assert.equal(row.description, 'HelmRelease · web · in another cluster');
  assert.deepEqual(row.capabilities, []);
});

test('more than 500 rows become pages, more than 500 kinds of children heaps', () => {
  const many: ShortObject[] = Array.from({ length: 1201 }, (_, at) => ({
    is: `HelmRelease a/r${String(at).padStart(4, '0')}`,
  }));
  const inventory = Array.from({ length: 700 }, (_, at) => `a/${at % 2 === 0 ? 'Service' : 'ConfigMap'}/c${at}`);
  const store = storeOf(...many, { is: 'Kustomization f/apps', inventory });
  const model = new TreeModel(store, options('kind'));
  const context = childPath(undefined, 'context', 'bench');
  const pages = model.children(childPath(context, 'kind', 'helm.toolkit.fluxcd.io/HelmRelease'));
  assert.deepEqual(
    pages.map(({ label, description }) => [label, description]),
    [
      ['r0000 … r0499', '1–500 of 1201'],
      ['r0500 … r0999', '501–1000 of 1201'],
      ['r1000 … r1200', '1001–1201 of 1201'],
    ],
  );
  assert.deepEqual(
    pages.map(({ path }) => model.children(path).length),
    [500, 500, 201],
  );
  const apps = childPath(
    childPath(context, 'kind', 'kustomize.toolkit.fluxcd.io/Kustomization'),
    'object',
    idOf('Kustomization f/apps'),
  );
  const heaps = model.children(apps);
  assert.deepEqual(
    heaps.map(({ label, description }) => [label, description]),
    [
      ['ConfigMap', '350'],
      ['Service', '350'],
    ],
  );
  assert.deepEqual(
    heaps.map(({ path }) => model.children(path).length),
    [350, 350],
  );
  assert.deepEqual(model.children(`${pages[0]?.path ?? ''}0000000`), []);
});

test('many namespaces become pages, and a row below one is found', () => {
  const names = Array.from({ length: 1_100 }, (_, at) => `n${String(at).padStart(4, '0')}`);
  const store = storeOf(...names.map((name) => ({ is: `HelmRelease ${name}/web`, conditions: ready })));
  const tree = new LoadedTree(new TreeModel(store, options('namespace')));
  const [context] = tree.children(undefined);
  const pages = tree.children(context?.path);
  assert.deepEqual(
    pages.map(({ label, description }) => `${label}: ${description}`),
    ['n0000 … n0499: 1–500 of 1100', 'n0500 … n0999: 501–1000 of 1100', 'n1000 … n1099: 1001–1100 of 1100'],
  );
  for (const page of pages) {
    for (const group of tree.children(page.path)) assert.equal(parentPath(group.path), page.path, group.label);
  }
  const target = idOf('HelmRelease n0777/web');
  const found = pathTo(store, (path) => tree.children(path), 'namespace', target);
  assert.equal(found === undefined ? undefined : tree.node(found)?.target, target);
  store.put(scopeOf('HelmRelease'), fullObject({ is: 'HelmRelease n0777/web', conditions: ['Ready False No x'] }));
  const { rows } = tree.update({ objects: new Set([target]), contexts: new Set() });
  assert.deepEqual(rows, [found], 'the row alone is old');
  assert.equal(tree.node(parentPath(found ?? '') ?? '')?.description, '1 · 1 failing');
});

test('filters look at everything, opened or not; favorites stand on top', () => {
  const store = storeOf(
    { is: 'Kustomization f/grafana', conditions: ready, spec: { wait: true } },
    { is: 'HelmRelease monitoring/grafana', conditions: ['Ready False InstallFailed x'] },
    { is: 'HelmRelease monitoring/loki', conditions: ready },
  );
  const draft = (more: Partial<TreeOptions>): string[] => draw(new TreeModel(store, options('kind', more)));
  assert.deepEqual(draft({ filter: { ...everything, text: 'Release GRAF' } }), [
    'bench  1 failing',
    '  Helm Releases  1 · 1 failing',
    '    grafana  monitoring · failed · InstallFailed',
  ]);
  assert.deepEqual(draft({ filter: { ...everything, states: new Set(['failed']) } }).length, 3);
  const favorites = new Set([idOf('HelmRelease monitoring/loki')]);
  assert.deepEqual(draft({ favorites, filter: { ...everything, favoritesOnly: true } }), [
    'bench  1 failing',
    '  Favorites  1',
    '    loki  HelmRelease · monitoring · ready',
    '  Helm Releases  1',
    '    loki  monitoring · ready',
  ]);
});

test('a search finds what is only listed, and says who applied it', () => {
  const store = storeOf(
    { is: 'Kustomization f/apps', inventory: ['web/Deployment.apps/grafana', 'web/HelmRelease/grafana-agent'] },
    { is: 'HelmRelease web/grafana-agent' },
  );
  assert.deepEqual(
    searchObjects(store, ' grafana ').map(({ label, target, appliedBy }) => [label, target, appliedBy]),
    [
      ['HelmRelease web/grafana-agent', idOf('HelmRelease web/grafana-agent'), undefined],
      ['Deployment web/grafana', undefined, idOf('Kustomization f/apps')],
    ],
  );
  assert.deepEqual(searchObjects(store, '  '), []);
});

test('paths keep names apart whatever they hold', () => {
  const path = childPath(childPath(undefined, 'context', 'a/b:c%2F'), 'object', 'x|g/K/n/y');
  assert.deepEqual(parsePath(path), [
    { type: 'context', value: 'a/b:c%2F' },
    { type: 'object', value: 'x|g/K/n/y' },
  ]);
  assert.equal(parentPath(path), childPath(undefined, 'context', 'a/b:c%2F'));
  assert.equal(isBelow('context:ab', 'context:a'), false);
  assert.equal(parsePath('nonsense'), undefined);
  assert.equal(parsePath('context:%'), undefined);
  assert.doesNotThrow(() => childPath(undefined, 'namespace', '\ud800'));
});

test('only rows that changed are old, and never the list of contexts', () => {
  const objects: LiveObject[] = ['a', 'b'].map((name) =>
    fullObject({ is: `HelmRelease n/${name}`, conditions: ready }),
  );
  const store = new StatusStore(new FakeClock());
  feed(store, objects);
  const tree = new LoadedTree(new TreeModel(store, options('kind')));
  const kind = childPath(childPath(undefined, 'context', 'bench'), 'kind', 'helm.toolkit.fluxcd.io/HelmRelease');
  tree.children(undefined);
  tree.children(parentPath(kind));
  tree.children(kind);
  const [a, b] = ['a', 'b'].map((name) => idOf(`HelmRelease n/${name}`));
  const change = (id: string | undefined): ReturnType<LoadedTree['update']> =>
    tree.update({ objects: new Set([id ?? '']), contexts: new Set() });
  assert.deepEqual(change(a), { rows: [], labels: [], isRootListChanged: false });
  store.put(
    scopeOf('HelmRelease'),
    fullObject({ is: 'HelmRelease n/b', conditions: ['Ready Unknown Progressing upgrading'] }),
  );
  assert.deepEqual(change(b), { rows: [childPath(kind, 'object', b ?? '')], labels: [], isRootListChanged: false });
  store.put(scopeOf('HelmRelease'), fullObject({ is: 'HelmRelease n/c', conditions: ready }));
  assert.deepEqual(change(liveId('bench', 'helm.toolkit.fluxcd.io/HelmRelease/n/c')).rows, [kind]);
});
