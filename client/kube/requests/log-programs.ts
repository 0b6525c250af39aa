import { canary } from '../../status/kinds/canary';
import { type ApiClient } from '../api/client';
import { listAt, textAt } from '../api/json';
import { coreKinds, pathOf } from '../api/path';

/** A program that writes about objects of a kind, and how its pods are found. */
export interface LogProgram {
  readonly name: string;
  /** Label selectors of its pods, the first that finds any counts. */
  readonly pods: readonly string[];
  /** It is installed on its own, and may run anywhere. */
  readonly isApart: boolean;
}

// `flux logs` finds the pods of Flux's controllers by this label.
const own = (name: string): LogProgram => ({ name, pods: [`app=${name}`], isApart: false });

// By group of the kind.
const programs: Readonly<Record<string, readonly LogProgram[]>> = {
  'kustomize.toolkit.fluxcd.io': [own('kustomize-controller')],
  'helm.toolkit.fluxcd.io': [own('helm-controller')],
  'source.toolkit.fluxcd.io': [own('source-controller')],
  'source.extensions.fluxcd.io': [own('source-watcher')],
  'notification.toolkit.fluxcd.io': [own('notification-controller')],
  'image.toolkit.fluxcd.io': [own('image-reflector-controller'), own('image-automation-controller')],
  // Its chart, config/manager and OLM bundle give its pods this label, and none the label `app`.
  'fluxcd.controlplane.io': [{ name: 'flux-operator', pods: ['app.kubernetes.io/name=flux-operator'], isApart: true }],
  // Its chart; its kustomize base, whose namespace is flagger-system.
  [canary.group]: [{ name: 'flagger', pods: ['app.kubernetes.io/name=flagger', 'app=flagger'], isApart: true }],
};

/** Who writes about objects of a group; empty for kinds of others. */
export function logPrograms(group: string): readonly LogProgram[] {
  return Object.hasOwn(programs, group) ? (programs[group] ?? []) : [];
}

/** A pod whose log is read. */
export interface LogPod {
  readonly namespace: string;
  readonly name: string;
}

/** The pods of a program, 50 at most: those of a namespace, or where it has none and may run anywhere, of all. */
export async function podsOf(
  client: ApiClient,
  { pods: selectors, isApart }: LogProgram,
  namespace: string,
  what: string,
  signal: AbortSignal,
): Promise<readonly LogPod[]> {
  for (const place of isApart ? [namespace, ''] : [namespace]) {
    for (const labelSelector of selectors) {
      const query = { labelSelector, limit: '50' };
      const pods = await client.json({ path: pathOf(coreKinds.pod, place), query, what, signal });
      const found = listAt(pods, 'items').map((pod) => ({
        namespace: textAt(pod, 'metadata', 'namespace') || namespace,
        name: textAt(pod, 'metadata', 'name'),
      }));
      if (found.length > 0) return found;
    }
  }
  return [];
}
