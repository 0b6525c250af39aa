import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LanguageServer } from '../../../../client/language/language-server';
import { liveId } from '../../../../client/status/live/live-id';
import { childPath } from '../../../../client/status/tree/node-path';
import {
  declarationsIn,
  declarationsOf,
  nearestDeclarations,
  rowObject,
  type Declaration,
} from '../../../../client/views/live/declarations';
import { type ClusterInfo } from '../../../../server/protocol/repository';

const apps = 'kustomize.toolkit.fluxcd.io/Kustomization/flux-system/apps';
const settings = '/ConfigMap/podinfo/settings';
const context = childPath(undefined, 'context', 'staging');
const row = childPath(context, 'object', liveId('staging', apps));

/** A server that knows `apps` in two clusters, and what it renders in the first. */
function server(asked: string[] = []): Pick<LanguageServer, 'ask' | 'status'> {
  const places = new Map([
    [`clusters/home|root|${apps}`, 4],
    [`clusters/edge|root|${apps}`, 9],
    [`clusters/home|${apps}|${settings}`, 1],
  ]);
  const graph = ['home', 'edge'].map((name) => ({
    cluster: `clusters/${name}`,
    nodes: [{ address: `clusters/${name}|root|${apps}` }, { address: `clusters/${name}|root|a/B/c/d` }],
  }));
  const ask = (_: unknown, question: { readonly address?: string }): Promise<unknown> => {
    if (question.address === undefined) return Promise.resolve({ available: true, generation: 1, clusters: graph });
    asked.push(question.address);
    const line = places.get(question.address);
    if (line === undefined)
      return Promise.resolve({ available: false, generation: 1, reason: 'not-found', message: '' });
    const range = { start: { line, character: 0 }, end: { line, character: 4 } };
    return Promise.resolve({ available: true, generation: 1, places: [{ uri: `file:///r/${line}.yaml`, range }] });
  };
  const clusters = new Map<string, readonly ClusterInfo[]>([['file:///r', []]]);
  return { status: () => ({ state: { kind: 'running' }, clusters }), ask: ask as LanguageServer['ask'] };
}

test('rows stand for their object, or for what an inventory lists', () => {
  assert.deepEqual(rowObject(row), { key: apps, owner: undefined });
  for (const value of [settings, liveId('staging', settings)]) {
    assert.deepEqual(rowObject(childPath(row, 'listed', value)), { key: settings, owner: apps });
  }
  assert.equal(rowObject(context), undefined);
  assert.equal(rowObject('no path'), undefined);
});

test('an object is found in each cluster that has it, and only itself is asked for', async () => {
  const asked: string[] = [];
  const found = await declarationsOf({ key: apps, owner: undefined }, server(asked));
  assert.deepEqual(
    found.map(({ cluster, place }) => `${cluster} ${place.uri}`),
    ['clusters/home file:///r/4.yaml', 'clusters/edge file:///r/9.yaml'],
  );
  assert.equal(asked.length, 2);
});

test('what an inventory lists is found as what its applier renders', async () => {
  const found = await declarationsOf({ key: settings, owner: apps }, server());
  assert.deepEqual(
    found.map(({ cluster, place }) => `${cluster} ${place.uri}`),
    ['clusters/home file:///r/1.yaml'],
  );
  assert.deepEqual(await declarationsOf({ key: '/ConfigMap/podinfo/other', owner: apps }, server()), []);
});

test('what no file writes leads to the file of who applied it', async () => {
  const told = async (key: string, owner?: string): Promise<string> => {
    const nearest = await nearestDeclarations({ key, owner }, server());
    return `${nearest.key}: ${nearest.found.map(({ place }) => place.uri).join(' ')}`;
  };
  assert.equal(await told(settings, apps), `${settings}: file:///r/1.yaml`);
  assert.equal(await told('/Service/podinfo/web', apps), `${apps}: file:///r/4.yaml file:///r/9.yaml`);
  assert.equal(await told('/Service/podinfo/web', 'a/B/c/none'), '/Service/podinfo/web: ');
  assert.equal(await told('/Service/podinfo/web'), '/Service/podinfo/web: ');
});

test('of several clusters the one that the user bound to the context is meant', async () => {
  const found = await declarationsOf({ key: apps, owner: undefined }, server());
  const chosen = (context: string, bound: Readonly<Record<string, string>>): string => {
    const livesIn = ({ cluster }: Declaration): string | undefined => bound[cluster];
    const { found: left, isMeant } = declarationsIn(found, context, livesIn, Object.values(bound).includes(context));
    return `${left.map(({ cluster }) => cluster).join(' ')}${isMeant ? '' : '?'}`;
  };
  const both = 'clusters/home clusters/edge';
  assert.equal(chosen('staging', {}), both, 'nobody bound one: any may be it');
  assert.equal(chosen('staging', { 'clusters/home': 'staging', 'clusters/edge': 'edge' }), 'clusters/home');
  assert.equal(chosen('staging', { 'clusters/home': 'other' }), 'clusters/edge', 'those of other contexts are not it');
  assert.equal(chosen('staging', { 'clusters/other': 'staging' }), `${both}?`, 'its own cluster does not declare it');
  assert.equal(chosen('staging', { 'clusters/home': 'a', 'clusters/edge': 'b' }), `${both}?`);
});

test('lines that are rendered for several clusters are one place', () => {
  const place = {
    uri: 'file:///r/base.yaml',
    range: { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } },
  };
  const found = ['home', 'edge'].map((cluster) => ({ root: 'file:///r', cluster, owner: apps, place }));
  assert.deepEqual(declarationsIn(found, 'staging', () => undefined, false).found, found.slice(0, 1));
});
