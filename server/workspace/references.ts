import { type KindEntry, type ReferenceField } from '../../schemas/kinds/kind';
import { type RenderedObject } from '../build/build';
import { isUnknownAt } from '../build/unknown';
import { isArray, isObject, type JsonValue, type Path, stringAt, valueAt } from '../model/json';
import { type Reference } from '../model/reference';
import { type ResourceId, splitApiVersion } from '../model/resource-id';

/** A reference to another object of the same cluster, read with the kind tables. */
export interface ObjectReference extends Reference {
  readonly target: { readonly kind: 'resource'; readonly id: ResourceId };
  readonly field: ReferenceField;
  /** Where the reference as a whole stands: `spec.dependsOn[0]`; equals `path` when its value is the name. */
  readonly at: Path;
  readonly isNamespaceWritten: boolean;
}

/**
 * What an object refers to, as far as it is known: references with a variable, a field that a layer above may
 * rewrite, or a kind that may not be named there are left out. A namespace that is not written is the rendered one of
 * the object. Empty for kinds without an entry.
 */
export function referencesOf(
  object: RenderedObject,
  entry: KindEntry | undefined = object.resource?.entry,
): readonly ObjectReference[] {
  if (entry !== object.resource?.entry) return readReferences(object, entry);
  let references = known.get(object);
  if (references === undefined) known.set(object, (references = readReferences(object, entry)));
  return references;
}

// Rendered objects never change, and several rules ask for the same.
const known = new WeakMap<RenderedObject, readonly ObjectReference[]>();

function readReferences(object: RenderedObject, entry: KindEntry | undefined): ObjectReference[] {
  const { value } = object;
  if (entry === undefined || value === undefined || object.unknown === 'everything') return [];
  const references: ObjectReference[] = [];
  for (const field of entry.references) {
    for (const at of placesOf(value, field.path)) {
      const reference = readReference(object, field, at);
      if (reference !== undefined) references.push(reference);
    }
  }
  return references;
}

/** Paths of the values that a table path such as `spec.dependsOn[]` or `spec.values.*` addresses. */
export function placesOf(value: JsonValue, path: string): Path[] {
  let places: Path[] = [[]];
  for (const { name, isList } of stepsOf(path)) {
    if (places.length === 0) return places;
    places = places.flatMap((place) => {
      if (name === '*') {
        const map = valueAt(value, place);
        return isObject(map) ? [...map.keys()].map((key) => [...place, key]) : [];
      }
      const here = name === '' ? place : [...place, name];
      const found = valueAt(value, here);
      if (!isList) return found === undefined || found === null ? [] : [here];
      return isArray(found) ? found.map((_, index) => [...here, index]) : [];
    });
  }
  return places;
}

interface Step {
  readonly name: string;
  readonly isList: boolean;
}

// The tables hold a few hundred paths in all.
const splitPaths = new Map<string, readonly Step[]>();

function stepsOf(path: string): readonly Step[] {
  let steps = splitPaths.get(path);
  if (steps === undefined) {
    steps = path.split('.').map((step) => {
      const isList = step.endsWith('[]');
      return { name: isList ? step.slice(0, -2) : step, isList };
    });
    splitPaths.set(path, steps);
  }
  return steps;
}

function readReference(object: RenderedObject, field: ReferenceField, at: Path): ObjectReference | undefined {
  const here = valueAt(object.value, at);
  const isUnknown = (...path: Path): boolean => isUnknownAt(object.unknown, [...at, ...path]);
  const read = (name: string | undefined): string | undefined =>
    name === undefined || name === '' ? undefined : stringAt(here, ...name.split('.'));

  const path = field.name === '' ? at : [...at, ...field.name.split('.')];
  const name = stringAt(object.value, ...path);
  if (name === undefined || name === '' || name.includes('${') || isUnknownAt(object.unknown, path)) return undefined;

  if (field.kind !== undefined && isUnknown(...field.kind.split('.'))) return undefined;
  if (field.apiVersion !== undefined && isUnknown(...field.apiVersion.split('.'))) return undefined;
  const kind = kindOf(field, read(field.kind), read(field.apiVersion));
  if (kind === undefined) return undefined;

  if (field.namespace !== undefined && isUnknown(...field.namespace.split('.'))) return undefined;
  const written = read(field.namespace) ?? '';
  if (written === '' && isUnknownAt(object.unknown, ['metadata', 'namespace'])) return undefined;
  const namespace = written === '' ? object.id.namespace : written;
  if (namespace.includes('${')) return undefined;

  const { optional } = field;
  return {
    role: field.role,
    path,
    target: { kind: 'resource', id: { ...kind, namespace, name } },
    optional: optional !== undefined && valueAt(here, optional.split('.')) === true,
    field,
    at,
    isNamespaceWritten: written !== '',
  };
}

/** undefined when the kind is not one of the table's, or is left out where several may stand. */
function kindOf(
  field: ReferenceField,
  kind: string | undefined,
  apiVersion: string | undefined,
): { group: string; kind: string } | undefined {
  const group = apiVersion === undefined || apiVersion === '' ? undefined : splitApiVersion(apiVersion).group;
  // No kinds in the table: any may be named, in full.
  if (field.kinds.length === 0) return kind === undefined || group === undefined ? undefined : { group, kind };
  const fitting = field.kinds.filter(
    (candidate) =>
      (kind === undefined || candidate.kind === kind) && (group === undefined || candidate.group === group),
  );
  if (kind === undefined && field.kind !== undefined && fitting.length > 1) return undefined;
  return fitting[0];
}
