import { type GroupVersionKind } from '../fieldspec/field-spec';

/** Kinds that come before all others, in order (kyaml/resid/gvk.go v0.21.1, orderFirst). */
export const kindsFirst: readonly string[] = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];

/** Kinds that come after all others, in order (orderLast). */
export const kindsLast: readonly string[] = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

const ranks: ReadonlyMap<string, number> = new Map([
  ...kindsFirst.map((kind, index) => [kind, index - kindsFirst.length] as const),
  ...kindsLast.map((kind, index) => [kind, index + 1] as const),
]);

const sortKey = ({ group, version, kind }: GroupVersionKind): string =>
  `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;

/** Orders kinds as kustomize does (Gvk.IsLessThan): by rank, then by group, version and kind, empty ones last. */
export function compareKinds(a: GroupVersionKind, b: GroupVersionKind): number {
  const byRank = (ranks.get(a.kind) ?? 0) - (ranks.get(b.kind) ?? 0);
  if (byRank !== 0) return byRank;
  const [x, y] = [sortKey(a), sortKey(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}
