import { type ReferenceField } from '../../../schemas/kinds/kind';
import { resourceKey, splitApiVersion, type ResourceKey } from '../../../server/model/resource-id';
import { type LiveObject, type LiveValue } from '../object-sink';
import { liveAt, liveText } from './live-value';

// More than any sane object has; keeps a hostile list from costing memory.
const mostReferences = 500;

/** The values at a path of the reference tables: `spec.sourceRef`, `spec.dependsOn[]`. */
function valuesAt(object: LiveObject, path: string): readonly LiveValue[] {
  const isList = path.endsWith('[]');
  const found = liveAt(object, (isList ? path.slice(0, -2) : path).split('.'));
  if (!isList) return found === undefined ? [] : [found];
  return Array.isArray(found) ? (found as readonly LiveValue[]) : [];
}

function targetOf(value: LiveValue, field: ReferenceField, namespace: string): ResourceKey | undefined {
  // `repository.name` of an included repository is two steps away.
  const at = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : liveText(value, ...name.split('.'));
  const name = field.name === '' ? (typeof value === 'string' ? value : undefined) : at(field.name);
  if (name === undefined || name === '') return undefined;
  const written = at(field.kind);
  const [first] = field.kinds;
  const kind = written ?? first?.kind;
  if (kind === undefined) return undefined;
  const apiVersion = at(field.apiVersion);
  const group =
    apiVersion === undefined || apiVersion === ''
      ? field.kinds.find((target) => target.kind === kind)?.group
      : splitApiVersion(apiVersion).group;
  if (group === undefined) return undefined;
  const other = at(field.namespace) ?? '';
  if (other !== '') return resourceKey({ group, kind, namespace: other, name });
  // An empty namespace means the own one (fluxcd/pkg apis/meta), but for ResourceSets, which may wait for anything.
  const isAsWritten = field.role === 'dependsOn' && field.kinds.length === 0;
  return resourceKey({ group, kind, namespace: isAsWritten ? '' : namespace, name });
}

/** The objects that the fields of some roles name, in order, each once; what cannot be read is left out. */
export function liveReferences(
  object: LiveObject,
  namespace: string,
  fields: readonly ReferenceField[],
  roles: ReadonlySet<string>,
): readonly ResourceKey[] {
  const targets = new Set<ResourceKey>();
  for (const field of fields) {
    if (!roles.has(field.role)) continue;
    for (const value of valuesAt(object, field.path)) {
      const target = targetOf(value, field, namespace);
      if (target !== undefined && targets.size < mostReferences) targets.add(target);
    }
  }
  return [...targets];
}
