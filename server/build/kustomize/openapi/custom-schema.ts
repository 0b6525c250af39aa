import { isArray, isObject, objectAt, stringAt, valueAt, type JsonObject, type JsonValue } from '../../../model/json';
import { type MergeField, type MergeShape } from '../tables/merge-keys';

/** What the file of `openapi.path` says of kinds; it takes the place of the built-in schema. */
export interface CustomSchema {
  /** Merge keys of a kind; undefined where the file does not have the kind. */
  mergeShapeOf(apiVersion: string, kind: string): MergeShape | undefined;
  /** Whether objects of a kind live in namespaces; undefined where no path of the file says so. */
  isNamespaced(apiVersion: string, kind: string): boolean | undefined;
}

const kindField = 'x-kubernetes-group-version-kind';

function keyOf(kind: JsonValue | undefined): string | undefined {
  const version = stringAt(kind, 'version');
  const name = stringAt(kind, 'kind');
  if (version === undefined || name === undefined) return undefined;
  const group = stringAt(kind, 'group') ?? '';
  return `${group === '' ? version : `${group}/${version}`} ${name}`;
}

/** Merge keys of a list, as PatchStrategyAndKeyList reads them (kyaml/openapi/openapi.go). */
function keysOf(property: JsonObject): readonly string[] | undefined {
  if (stringAt(property, 'x-kubernetes-patch-strategy')?.split(',').includes('merge') !== true) return undefined;
  const list = valueAt(property, ['x-kubernetes-list-map-keys']);
  if (isArray(list)) return list.filter((key) => typeof key === 'string');
  const key = stringAt(property, 'x-kubernetes-patch-merge-key');
  return key === undefined ? [] : [key];
}

/** Shapes are read when they are asked for, since definitions may stand in themselves. */
class LazyShape extends Map<string, MergeField> implements MergeShape {
  constructor(
    private readonly file: SchemaFile,
    private readonly schema: JsonObject,
  ) {
    super();
  }

  override get(name: string): MergeField | undefined {
    const known = super.get(name);
    if (known !== undefined) return known;
    const property = objectAt(this.schema, 'properties', name) ?? objectAt(this.schema, 'additionalProperties');
    const field = property && this.file.field(property);
    if (field !== undefined) super.set(name, field);
    return field;
  }

  override has(name: string): boolean {
    return this.get(name) !== undefined;
  }
}

class SchemaFile implements CustomSchema {
  readonly #definitions: JsonObject;
  readonly #byKind = new Map<string, JsonObject>();
  readonly #namespaced = new Map<string, boolean>();

  constructor(root: JsonObject) {
    this.#definitions = objectAt(root, 'definitions') ?? new Map();
    for (const definition of this.#definitions.values()) {
      const kinds = valueAt(definition, [kindField]);
      if (!isObject(definition) || !isArray(kinds)) continue;
      for (const kind of kinds) {
        const key = keyOf(kind);
        if (key !== undefined) this.#byKind.set(key, definition);
      }
    }
    for (const [path, operations] of objectAt(root, 'paths') ?? []) {
      const key = keyOf(valueAt(operations, ['get', kindField]));
      if (key === undefined) continue;
      if (path.includes('namespaces/{namespace}')) this.#namespaced.set(key, true);
      else if (!this.#namespaced.has(key)) this.#namespaced.set(key, false);
    }
  }

  #resolved(schema: JsonObject): JsonObject | undefined {
    let here: JsonObject | undefined = schema;
    for (let depth = 0; here !== undefined && depth < 100; depth++) {
      const reference = stringAt(here, '$ref');
      if (reference === undefined) return here;
      here = objectAt(this.#definitions, reference.replace('#/definitions/', ''));
    }
    return undefined;
  }

  field(property: JsonObject): MergeField | undefined {
    const schema = this.#resolved(property);
    if (schema === undefined) return undefined;
    const keys = keysOf(schema);
    const inner = objectAt(schema, 'items') ?? schema;
    const shape = this.#resolved(inner);
    return { ...(keys && { keys }), ...(shape && { shape: new LazyShape(this, shape) }) };
  }

  mergeShapeOf(apiVersion: string, kind: string): MergeShape | undefined {
    const definition = this.#byKind.get(`${apiVersion} ${kind}`);
    return definition && new LazyShape(this, definition);
  }

  isNamespaced(apiVersion: string, kind: string): boolean | undefined {
    return this.#namespaced.get(`${apiVersion} ${kind}`);
  }
}

/** The schema in a file, read as a plain value; undefined where it is no OpenAPI document. */
export function readCustomSchema(root: JsonValue): CustomSchema | undefined {
  return isObject(root) ? new SchemaFile(root) : undefined;
}
