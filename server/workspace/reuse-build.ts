import { type BuildResult, type Hole, type RenderedObject, type UnknownFields } from '../build/build';
import { equalValues } from '../model/json';

function equalUnknown(a: UnknownFields, b: UnknownFields): boolean {
  if (a === 'everything' || b === 'everything') return a === b;
  return a.length === b.length && a.every((path, index) => path.join('\n') === b[index]?.join('\n'));
}

function equalChanges(a: RenderedObject['changes'], b: RenderedObject['changes']): boolean {
  return (
    a.length === b.length &&
    a.every(({ path, from, how }, index) => {
      const other = b[index];
      return (
        other !== undefined &&
        how === other.how &&
        path.join('\n') === other.path.join('\n') &&
        from.file === other.from.file &&
        from.document === other.from.document &&
        from.path.join('\n') === other.from.path.join('\n')
      );
    })
  );
}

function equalObjects(a: RenderedObject, b: RenderedObject): boolean {
  return (
    a.key === b.key &&
    a.resource === b.resource &&
    a.apiVersion === b.apiVersion &&
    a.isSample === b.isSample &&
    equalUnknown(a.unknown, b.unknown) &&
    equalChanges(a.changes, b.changes) &&
    equalValues(a.value, b.value)
  );
}

const placeOf = (at: Hole['at']): string =>
  at === undefined ? '' : `${at.file}#${String(at.document)} ${at.path.join('\n')}`;

function equalHoles(a: readonly Hole[], b: readonly Hole[]): boolean {
  return (
    a.length === b.length &&
    a.every((hole, index) => {
      const other = b[index];
      return (
        hole === other ||
        (other !== undefined &&
          hole.reason === other.reason &&
          hole.message === other.message &&
          placeOf(hole.at) === placeOf(other.at) &&
          JSON.stringify(hole.provides) === JSON.stringify(other.provides))
      );
    })
  );
}

function groupByKey(objects: readonly RenderedObject[]): ReadonlyMap<string, readonly RenderedObject[]> {
  const byKey = new Map<string, RenderedObject[]>();
  for (const object of objects) {
    const same = byKey.get(object.key);
    if (same === undefined) byKey.set(object.key, [object]);
    else same.push(object);
  }
  return byKey;
}

/** The new result with every object that did not change, and the holes if none did, taken from the old one, so that their identity stays. */
export function reuseBuild(before: BuildResult | undefined, now: BuildResult): BuildResult {
  if (before === undefined) return now;
  let byKey: ReadonlyMap<string, readonly RenderedObject[]> | undefined;
  const objects = now.objects.map((object, index) => {
    // Most stand where they stood.
    const there = before.objects[index];
    if (there === object || (there !== undefined && equalObjects(there, object))) return there;
    if (there?.key === object.key) return object;
    const candidates = (byKey ??= groupByKey(before.objects)).get(object.key);
    if (candidates?.includes(object) === true) return object;
    return candidates?.find((candidate) => equalObjects(candidate, object)) ?? object;
  });
  return { ...now, objects, holes: equalHoles(before.holes, now.holes) ? before.holes : now.holes };
}
