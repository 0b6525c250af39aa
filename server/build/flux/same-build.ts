import { equalValues, type JsonObject, type JsonValue, objectAt } from '../../model/json';
import { type RenderedObject } from '../build';

/** Fields of a Kustomization's spec that say when and how it is applied, not what (kustomize-controller 1.10, v1 types). */
const unread: ReadonlySet<string> = new Set([
  'deletionPolicy',
  'dependsOn',
  'force',
  'healthCheckExprs',
  'healthChecks',
  'interval',
  'prune',
  'retryInterval',
  'serviceAccountName',
  'suspend',
  'timeout',
  'wait',
]);

function readPart(value: JsonObject | undefined): Map<string, JsonValue> {
  return new Map([...(objectAt(value, 'spec') ?? [])].filter(([field]) => !unread.has(field)));
}

const isRead = (path: readonly (string | number)[]): boolean =>
  path.length < 2 || path[0] !== 'spec' || !unread.has(String(path[1]));

const pathsRead = ({ unknown, changes }: RenderedObject): string =>
  JSON.stringify([
    unknown === 'everything' ? unknown : unknown.filter(isRead),
    changes.filter(({ path }) => isRead(path)),
  ]);

/** True when two forms of a Flux Kustomization render the same of the same files, with the same origins. */
export function buildTheSame(a: RenderedObject, b: RenderedObject): boolean {
  const isSamePlace =
    a.resource?.file === b.resource?.file &&
    a.resource?.document === b.resource?.document &&
    a.resource?.at.join() === b.resource?.at.join();
  return (
    a.key === b.key &&
    a.apiVersion === b.apiVersion &&
    a.isSample === b.isSample &&
    isSamePlace &&
    equalValues(objectAt(a.value, 'metadata'), objectAt(b.value, 'metadata')) &&
    equalValues(readPart(a.value), readPart(b.value)) &&
    pathsRead(a) === pathsRead(b)
  );
}
