import { compareAsGo } from './generate/go-json';
import { type SortConfig } from './kustomization';
import { type EngineResource, type ResId } from './resource';
import { appendAll, type Conflict } from './resource-list';
import { currentId } from './transform/identity';

/** Kinds that come first and last unless `sortOptions` says otherwise (SortOrderTransformer.go, v0.21.1). */
const orderFirst = [
  ...['Namespace', 'ResourceQuota', 'StorageClass', 'CustomResourceDefinition', 'ServiceAccount', 'PodSecurityPolicy'],
  ...['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'ConfigMap', 'Secret', 'Endpoints', 'Service'],
  ...['LimitRange', 'PriorityClass', 'PersistentVolume', 'PersistentVolumeClaim', 'Deployment', 'StatefulSet'],
  ...['CronJob', 'PodDisruptionBudget'],
];
const orderLast = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

interface Sorted {
  readonly resource: EngineResource;
  readonly id: ResId;
  readonly rank: number;
  readonly kindText: string;
  readonly idText: string;
}

const or = (text: string, placeholder: string): string => (text === '' ? placeholder : text);

/** Why `sortOptions` cannot be carried out. */
export interface SortProblem {
  readonly kind: 'sort-problem';
  readonly path: readonly string[];
  readonly message: string;
}

/** The resources in the order that `sortOptions` asks for; `fifo` is the order they came in. */
export function sortResources(
  resources: readonly EngineResource[],
  { order, legacy }: SortConfig,
): readonly EngineResource[] | Conflict | SortProblem {
  if (order !== 'legacy' && order !== 'fifo') {
    const message = `sortOptions.order is legacy or fifo, not ${order === '' ? 'empty' : order}. Flux cannot build this.`;
    return { kind: 'sort-problem', path: ['sortOptions', 'order'], message };
  }
  if (order === 'fifo') {
    if (legacy === undefined) return resources;
    const message = 'legacySortOptions goes with the order legacy only. Flux cannot build this.';
    return { kind: 'sort-problem', path: ['sortOptions', 'legacySortOptions'], message };
  }
  const ranks = ranksOf(legacy?.orderFirst ?? orderFirst, legacy?.orderLast ?? orderLast);
  const sorted = resources.map((resource) => describe(resource, ranks)).sort(compare);
  return appendAll(
    [],
    sorted.map(({ resource }) => resource),
  );
}

function ranksOf(first: readonly string[], last: readonly string[]): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  for (const [index, kind] of first.entries()) ranks.set(kind, index - first.length);
  for (const [index, kind] of last.entries()) ranks.set(kind, index + 1);
  return ranks;
}

function describe(resource: EngineResource, ranks: ReadonlyMap<string, number>): Sorted {
  const id = currentId(resource);
  const { group, version, kind, name, namespace } = id;
  return {
    resource,
    id,
    rank: ranks.get(kind) ?? 0,
    kindText: [or(group, '~G'), or(version, '~V'), or(kind, '~K')].join('_'),
    idText: `${or(namespace, '~X')}|${or(name, '~N')}`,
  };
}

function compare(a: Sorted, b: Sorted): number {
  if (a.kindText === b.kindText) return compareAsGo(a.idText, b.idText);
  if (a.rank !== b.rank) return a.rank - b.rank;
  const isNamespace = a.id.kind === 'Namespace' && b.id.kind === 'Namespace';
  const order = compareAsGo(a.kindText, b.kindText);
  return isNamespace && (a.id.group === '' || b.id.group === '') ? -order : order;
}
