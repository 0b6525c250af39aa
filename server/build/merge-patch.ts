import { isObject, type JsonObject, type JsonValue, type Path } from '../model/json';

/**
 * A strategic merge patch on a custom resource: maps merge, null deletes, `$patch: delete|replace` is obeyed, lists
 * are replaced whole, because kustomize has no merge keys for custom resources (kyaml/yaml/merge2).
 * @param touched receives the path of every value that was set or deleted.
 * @returns undefined when the object itself is deleted.
 */
export function mergePatch(
  target: JsonObject,
  patch: JsonObject,
  touched: Path[],
  path: Path = [],
): JsonObject | undefined {
  const directive = patch.get('$patch');
  if (directive === 'delete') {
    touched.push(path);
    return undefined;
  }
  const merged = new Map<string, JsonValue>(directive === 'replace' ? [] : target);
  if (directive === 'replace') touched.push(path);
  for (const [key, value] of patch) {
    if (key === '$patch') continue;
    const below = [...path, key];
    const old = merged.get(key);
    if (value === null) {
      if (merged.delete(key)) touched.push(below);
    } else if (isObject(value)) {
      const inner = mergePatch(isObject(old) ? old : new Map<string, JsonValue>(), value, touched, below);
      if (inner === undefined) merged.delete(key);
      else merged.set(key, inner);
    } else {
      merged.set(key, value);
      touched.push(below);
    }
  }
  return merged;
}
