import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { type FileDifference } from '../../../../client/status/in-file/file-difference';
import { lensTitles, markOf, notesOf, placeholder, type InFile } from '../../../../client/status/in-file/in-file-texts';
import { addressesOf, objectInFile, type ClusterContexts } from '../../../../client/status/in-file/object-in-file';
import { parseLiveId } from '../../../../client/status/live/live-id';
import { StatusStore } from '../../../../client/status/store/status-store';
import { FakeClock } from '../../../support/fake-clock';
import { feed, fullObject, idOf, scopeOf, type ShortObject } from '../../../support/live-objects';

interface Case {
  readonly name: string;
  readonly address: string;
  readonly objects: readonly ShortObject[];
  /** Objects of the cluster to which kubeconfigs lead; bound to a context where they are given. */
  readonly spoke?: readonly ShortObject[];
  readonly watch?: 'disconnected' | 'loading' | 'forbidden';
  readonly difference?: FileDifference;
  readonly lenses?: readonly string[];
  readonly mark?: string;
  readonly tone?: string;
  readonly notes?: readonly string[];
}

const contexts: ClusterContexts = {
  contextOf: (root, cluster) =>
    root === 'file:///r' ? { 'clusters/home': 'bench', 'clusters/away': 'away' }[cluster] : undefined,
};

const keyOf = (is: string): string => (is === '' ? '' : (parseLiveId(idOf(is))?.key ?? ''));

function worldOf({ objects, spoke, watch, address }: Case): { store: StatusStore; found: InFile } {
  const store = new StatusStore(new FakeClock(), { contextOf: () => (spoke === undefined ? undefined : 'spoke') });
  feed(store, objects.map(fullObject));
  if (spoke !== undefined) feed(store, spoke.map(fullObject), 'spoke');
  if (watch !== undefined) {
    for (const kind of ['Kustomization', 'HelmRelease', 'GitRepository']) {
      store.setState(scopeOf(kind), watch === 'loading' ? { name: watch } : { name: watch, since: 1, message: 'lost' });
    }
  }
  const [cluster = '', owner = '', object = ''] = address.split('|');
  const found = objectInFile(store, contexts, 'file:///r', `${cluster}|${keyOf(owner)}|${keyOf(object)}`);
  assert.ok(found);
  return { store, found: [found] };
}

const cases = parse(readFileSync('test/unit/client/in-file/texts.yaml', 'utf8')) as readonly Case[];
for (const each of cases) {
  test(`in the file: ${each.name}`, () => {
    const { store, found } = worldOf(each);
    const difference = (): FileDifference | undefined => each.difference;
    if (each.lenses !== undefined) assert.deepEqual(lensTitles(store, found), each.lenses);
    if (each.mark !== undefined) assert.equal(markOf(found, difference)?.text ?? '', each.mark);
    if (each.tone !== undefined) assert.equal(markOf(found, difference)?.tone, each.tone);
    if (each.notes !== undefined) {
      const [fields] = notesOf(found, difference);
      const said = notesOf(found, difference).map(({ text }) => `${fields?.fields[0]?.join('.') ?? ''} ${text}`);
      assert.deepEqual(said, each.notes);
    }
  });
}

test('a line is there before anybody has answered, and where no cluster applies the object', () => {
  const store = new StatusStore(new FakeClock());
  assert.deepEqual(lensTitles(store, undefined), [placeholder]);
  assert.deepEqual(lensTitles(store, []), ['Flux: no cluster applies this']);
  assert.equal(
    markOf(undefined, () => 'same'),
    undefined,
  );
});

test('of many clusters three are named', () => {
  const store = new StatusStore(new FakeClock());
  const many = ['a', 'b', 'c', 'd', 'e'].map((cluster) => ({ kind: 'unbound', cluster, address: '' }) as const);
  assert.deepEqual(lensTitles(store, many).slice(2), ['Flux: choose the context of c…', 'and in 2 more']);
});

test('of all that a document renders to, the object that it declares counts', () => {
  const address = (group: string, kind: string): string => `c||${group}/${kind}/f/apps`;
  const flux = { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization' };
  const own = address(flux.group, flux.kind);
  assert.deepEqual(addressesOf([own, address('', 'ConfigMap'), 'nonsense', address('x', 'Kustomization')], flux), [
    own,
  ]);
});
