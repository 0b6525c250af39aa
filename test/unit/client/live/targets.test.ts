import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StatusStore } from '../../../../client/status/store/status-store';
import { everything } from '../../../../client/status/tree/filter';
import { TreeModel, viewSections } from '../../../../client/status/tree/tree-model';
import { targetsFor } from '../../../../client/views/live/targets';
import { FakeClock } from '../../../support/fake-clock';
import { feed, fullObject, scopeOf } from '../../../support/live-objects';

const view = { mode: 'kind', filter: everything, favorites: new Set<string>() } as const;

test('nor does a row of what is only listed, where the kind may not be watched', () => {
  const store = new StatusStore(new FakeClock());
  feed(store, [
    fullObject({
      is: 'Kustomization f/root',
      spec: { sourceRef: { kind: 'GitRepository', name: 'own' } },
      inventory: [
        ...['f/Kustomization/root', 'f/GitRepository/own', 'f/FluxInstance/flux', '/Namespace/f', '/Namespace/web'],
        ...['/CustomResourceDefinition.apiextensions.k8s.io/buckets.source.toolkit.fluxcd.io', 'f/ConfigMap/a'],
      ],
    }),
  ]);
  for (const kind of ['GitRepository', 'FluxInstance']) {
    store.setState(scopeOf(kind), { name: 'forbidden', message: 'no' });
  }
  const model = new TreeModel(store, { ...view, sections: viewSections.objects });
  const below = (path?: string): readonly string[] =>
    model.children(path).flatMap((node) => {
      const offered = node.kind === 'listed' && node.capabilities.includes('delete') ? [node.label] : [];
      return [...offered, ...(node.isExpandable ? below(node.path) : [])];
    });
  assert.deepEqual([...below()].sort(), ['a', 'web']);
});

test('neither a row nor a list offers to delete the root sync, its source or the installation of Flux', () => {
  const store = new StatusStore(new FakeClock());
  const source = { sourceRef: { kind: 'GitRepository', name: 'own' } };
  feed(store, [
    fullObject({
      is: 'Kustomization f/root',
      spec: source,
      inventory: ['f/Kustomization/root', 'f/Kustomization/apps'],
    }),
    fullObject({ is: 'Kustomization f/apps', spec: { sourceRef: { kind: 'GitRepository', name: 'other' } } }),
    fullObject({ is: 'GitRepository f/own' }),
    fullObject({ is: 'GitRepository f/other' }),
    fullObject({ is: 'FluxInstance f/flux' }),
  ]);
  const listed = targetsFor(store, 'delete').map(({ label, description }) => `${label}: ${description}`);
  const never = 'not deleted from here · bench';
  assert.deepEqual(listed.slice(0, 2).sort(), [
    'GitRepository f/other: no status yet · bench',
    'Kustomization f/apps: no status yet · bench',
  ]);
  assert.deepEqual(
    listed.slice(2).sort(),
    ['FluxInstance f/flux', 'GitRepository f/own', 'Kustomization f/root'].map((name) => `${name}: ${never}`),
  );
  const offered = Object.values(viewSections).flatMap((sections) => {
    const model = new TreeModel(store, { sections, mode: 'kind', filter: everything, favorites: new Set() });
    const below = (path?: string): readonly string[] =>
      model.children(path).flatMap((node) => {
        if (node.kind !== 'object') return below(node.path);
        return node.capabilities.includes('delete') ? [node.label] : [];
      });
    return below();
  });
  assert.deepEqual(offered.sort(), ['apps', 'other']);
});
