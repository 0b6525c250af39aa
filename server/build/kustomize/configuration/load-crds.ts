import { isObject, objectAt, stringAt, type JsonObject, type JsonValue, type Path } from '../../../model/json';
import { type TransformContext } from '../context';
import { faultAt, isFault, type EngineFault } from '../fault';
import { configValue } from '../generate/scalar';
import { emptyTransformerConfig, type FieldSpec, type TransformerConfig } from '../transformer-config';
import { joinConfigs } from './load-configurations';

type Tables = { -readonly [Table in keyof TransformerConfig]: TransformerConfig[Table][number][] };

/** A field of an object whose name matches without regard to case, as Go decodes. */
function field(object: JsonValue | undefined, name: string): JsonValue | undefined {
  if (!isObject(object)) return undefined;
  for (const [key, value] of object) if (key.toLowerCase() === name) return value;
  return undefined;
}

function propertiesOf(definition: JsonValue | undefined): JsonObject | undefined {
  return objectAt(field(definition, 'schema'), 'properties');
}

/** Collects what the extensions in the schema of one type say (accumulator/loadconfigfromcrds.go). */
class Collection {
  readonly tables: Tables = {
    namePrefix: [],
    nameSuffix: [],
    namespace: [],
    labels: [],
    templateLabels: [],
    commonLabels: [],
    commonAnnotations: [],
    nameReference: [],
    varReference: [],
    images: [],
    replicas: [],
  };

  constructor(
    private readonly definitions: JsonObject,
    private readonly kind: string,
  ) {}

  #spec(steps: readonly string[]): FieldSpec {
    return { group: '', version: '', kind: this.kind, path: steps.join('/'), create: false };
  }

  #property(property: JsonObject, steps: readonly string[]): void {
    const says = (name: string): string | undefined => stringAt(property, `x-kubernetes-${name}`);
    if (says('annotation') !== undefined) this.tables.commonAnnotations.push(this.#spec(steps));
    if (says('label-selector') !== undefined) this.tables.commonLabels.push(this.#spec(steps));
    if (says('identity') !== undefined) this.tables.namePrefix.push(this.#spec(steps));
    const version = says('object-ref-api-version');
    const kind = says('object-ref-kind');
    if (version === undefined || kind === undefined) return;
    const referrers = [this.#spec([...steps, says('object-ref-name-key') ?? 'name'])];
    this.tables.nameReference.push({ group: '', version, kind, referrers });
  }

  /** Types that stand in themselves are not entered again; upstream never comes to an end there. */
  add(type: string, steps: readonly string[], above: ReadonlySet<string>): void {
    for (const [name, property] of propertiesOf(this.definitions.get(type)) ?? []) {
      if (!isObject(property)) continue;
      const here = [...steps, name];
      this.#property(property, here);
      const inner = stringAt(property, '$ref');
      if (inner !== undefined && !above.has(inner)) this.add(inner, here, new Set([...above, inner]));
    }
  }
}

function isKubernetesType(definition: JsonValue): boolean {
  const properties = propertiesOf(definition);
  return ['kind', 'apiVersion', 'metadata'].every((name) => properties?.has(name) === true);
}

/** True for what Go can decode into a definition; the objects of CustomResourceDefinitions are none. */
function isDefinition(definition: JsonValue): boolean {
  if (!isObject(definition)) return definition === null;
  const schema = field(definition, 'schema') ?? null;
  const properties = isObject(schema) ? (schema.get('properties') ?? null) : null;
  return (schema === null || isObject(schema)) && (properties === null || isObject(properties));
}

function readDefinitions(name: string, path: Path, context: TransformContext): JsonObject | EngineFault {
  const content = context.readFile(name, path);
  if (isFault(content)) return content;
  const roots = context.readValues(content.text, { file: content.file }, path, 'kustomization');
  if (isFault(roots)) return roots;
  const value = roots[0] === undefined ? new Map<string, JsonValue>() : configValue(roots[0]);
  if (isObject(value) && content.text !== '' && [...value.values()].every(isDefinition)) return value;
  const message = `${name} holds no OpenAPI definitions. Flux cannot build this.`;
  return faultAt({ file: content.file }, 'crds-invalid', message);
}

/** The tables that the OpenAPI definitions in the files of `crds` add. */
export function loadCrds(names: readonly string[], context: TransformContext): TransformerConfig | EngineFault {
  let config: TransformerConfig = emptyTransformerConfig;
  for (const [index, name] of names.entries()) {
    const path = ['crds', index];
    const definitions = readDefinitions(name, path, context);
    if (isFault(definitions)) return definitions;
    for (const [type, definition] of definitions) {
      if (!isKubernetesType(definition)) continue;
      const collection = new Collection(definitions, type.slice(type.lastIndexOf('.') + 1));
      collection.add(type, [], new Set([type]));
      const joined = joinConfigs(config, collection.tables, context, path);
      if (isFault(joined)) return joined;
      config = joined;
    }
  }
  return config;
}
