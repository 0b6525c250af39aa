import assert from 'node:assert/strict';
import { type TestContext } from 'node:test';
import { type Requests } from '../../../client/kube/kube';
import { type ResourceId } from '../../../server/model/resource-id';
import { type StoredObject } from './stored-object';
import { openScene, type Scene, type WorldOptions } from './scene';

export const flux = 'toolkit.fluxcd.io';
export const id = (kind: string, group: string, name = 'app', namespace = 'apps'): ResourceId => ({
  group,
  kind,
  namespace,
  name,
});
export const ks = id('Kustomization', `kustomize.${flux}`);
export const hr = id('HelmRelease', `helm.${flux}`);

export function stored({ group, kind, namespace, name }: ResourceId, version: string, spec: object): StoredObject {
  return { apiVersion: group === '' ? version : `${group}/${version}`, kind, metadata: { name, namespace }, spec };
}

export async function open(context: TestContext, options: WorldOptions = {}): Promise<Scene & { requests: Requests }> {
  const scene = await openScene(context, { kinds: 'all', ...options });
  await scene.contexts.connect('test');
  const requests = scene.contexts.requests('test');
  assert.ok(requests);
  return Object.assign(scene, { requests });
}

export const patches = ({ server }: Scene): unknown[] =>
  server.seen
    .filter(({ method }) => method === 'PATCH')
    .map(({ path, query, headers, body }) => [
      path.split('/').slice(-2).join('/'),
      headers['content-type'],
      query.toString(),
      JSON.parse(body.replace(/"20[^"]*Z"/g, '"<time>"')) as unknown,
    ]);

export const merge = 'application/merge-patch+json';

/**
 * A controller that is done with a request one second later.
 * @param observed where it writes the generation that it has seen; `older`: in the condition, of the one before
 */
export function obey(
  scene: Scene,
  ready = 'True',
  reconciling?: string,
  observed: 'status' | 'condition' | 'older' | 'none' = 'status',
): void {
  scene.server.controller = (object) => {
    const requested = object.metadata.annotations?.['reconcile.fluxcd.io/requestedAt'];
    const seen = (object['status'] as { lastHandledReconcileAt?: string } | undefined)?.lastHandledReconcileAt;
    if (requested === undefined || requested === seen) return undefined;
    const { generation = 1 } = object.metadata;
    const own = { condition: { observedGeneration: generation }, older: { observedGeneration: generation - 1 } };
    const conditions = [
      {
        ...{ type: 'Ready', status: ready, message: 'applied revision main@sha1:1' },
        ...(observed === 'condition' || observed === 'older' ? own[observed] : {}),
      },
    ];
    if (reconciling !== undefined)
      conditions.push({ type: 'Reconciling', status: 'True', reason: reconciling } as never);
    return {
      ...object,
      status: {
        ...(observed === 'status' ? { observedGeneration: generation } : {}),
        lastHandledReconcileAt: requested,
        conditions,
      },
    };
  };
}
