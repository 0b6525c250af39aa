import { type Path } from '../../../model/json';
import { isFault, type EngineFault } from '../fault';
import { isNull } from '../fieldspec/emptiness';
import { meaningOf } from '../generate/scalar';
import { type Node } from '../node';
import { textOfPlain } from '../plugins/lenient-decoder';
import {
  emptyTransformerConfig,
  type FieldSpec,
  type NameReference,
  type TransformerConfig,
} from '../transformer-config';
import { compareKinds } from './kind-order';

/** Makes a fault at a path below the root of the configuration. */
export type Refuse = (code: string, message: string, path: Path) => EngineFault;

type Fields = ReadonlyMap<string, { readonly node: Node; readonly path: Path }>;

/** Fields of a map by the names a Go struct has; Go takes them in any case and, read strictly, no others. */
function fieldsOf(node: Node, names: readonly string[], path: Path, refuse: Refuse): Fields | EngineFault {
  const fields = new Map<string, { node: Node; path: Path }>();
  if (isNull(node)) return fields;
  if (node.kind !== 'map') return refuse('configuration-type', 'A map is needed here. Flux cannot build this.', path);
  for (const [key, value] of node.entries) {
    const name = names.find((one) => one.toLowerCase() === key.toLowerCase());
    if (name === undefined) {
      return refuse('configuration-field', `${key} is no field of a configuration here. Flux cannot build this.`, [
        ...path,
        key,
      ]);
    }
    if (!isNull(value)) fields.set(name, { node: value, path: [...path, key] });
  }
  return fields;
}

function itemsOf(field: { node: Node; path: Path } | undefined, refuse: Refuse): readonly Node[] | EngineFault {
  if (field === undefined) return [];
  if (field.node.kind === 'list') return field.node.items;
  return refuse(
    'configuration-type',
    `${String(field.path.at(-1))} must be a list. Flux cannot build this.`,
    field.path,
  );
}

class Specs {
  constructor(private readonly refuse: Refuse) {}

  #text(fields: Fields, name: string): string | EngineFault {
    const field = fields.get(name);
    if (field === undefined) return '';
    const meaning = field.node.kind === 'scalar' ? meaningOf(field.node, 'kustomization') : undefined;
    const value = meaning?.value;
    const text = typeof value === 'string' ? value : textOfPlain(value);
    if (text !== undefined) return text;
    return this.refuse('configuration-type', `${name} must be text. Flux cannot build this.`, field.path);
  }

  #kind(fields: Fields): { group: string; version: string; kind: string } | EngineFault {
    const kind = { group: '', version: '', kind: '' };
    for (const part of ['group', 'version', 'kind'] as const) {
      const text = this.#text(fields, part);
      if (isFault(text)) return text;
      kind[part] = text;
    }
    return kind;
  }

  #spec(node: Node, path: Path): FieldSpec | EngineFault {
    const fields = fieldsOf(node, ['group', 'version', 'kind', 'path', 'create'], path, this.refuse);
    if (isFault(fields)) return fields;
    const kind = this.#kind(fields);
    if (isFault(kind)) return kind;
    const where = this.#text(fields, 'path');
    if (isFault(where)) return where;
    const create = fields.get('create');
    const meaning = create?.node.kind === 'scalar' ? meaningOf(create.node, 'kustomization') : undefined;
    if (create !== undefined && meaning?.kind !== 'bool') {
      return this.refuse('configuration-type', 'create must be true or false. Flux cannot build this.', create.path);
    }
    return { ...kind, path: where, create: meaning?.value === true };
  }

  read(field: { node: Node; path: Path } | undefined): FieldSpec[] | EngineFault {
    const items = itemsOf(field, this.refuse);
    if (isFault(items)) return items;
    const specs: FieldSpec[] = [];
    for (const [index, item] of items.entries()) {
      const spec = this.#spec(item, [...(field?.path ?? []), index]);
      if (isFault(spec)) return spec;
      specs.push(spec);
    }
    return specs.sort(compareKinds);
  }

  readReferences(field: { node: Node; path: Path } | undefined): NameReference[] | EngineFault {
    const items = itemsOf(field, this.refuse);
    if (isFault(items)) return items;
    const references: NameReference[] = [];
    for (const [index, item] of items.entries()) {
      const path = [...(field?.path ?? []), index];
      const fields = fieldsOf(item, ['group', 'version', 'kind', 'fieldSpecs'], path, this.refuse);
      if (isFault(fields)) return fields;
      const kind = this.#kind(fields);
      if (isFault(kind)) return kind;
      const referrers = this.read(fields.get('fieldSpecs'));
      if (isFault(referrers)) return referrers;
      references.push({ ...kind, referrers });
    }
    return references.sort(compareKinds);
  }
}

const tables = Object.keys(emptyTransformerConfig) as readonly (keyof TransformerConfig)[];

/** A file of `configurations` as tables; strict as upstream, which refuses fields it does not know. */
export function readConfig(root: Node, refuse: Refuse): TransformerConfig | EngineFault {
  const fields = fieldsOf(root, tables, [], refuse);
  if (isFault(fields)) return fields;
  const specs = new Specs(refuse);
  const config: { -readonly [Table in keyof TransformerConfig]: TransformerConfig[Table] } = {
    ...emptyTransformerConfig,
  };
  for (const table of tables) {
    const field = fields.get(table);
    if (table === 'nameReference') {
      const references = specs.readReferences(field);
      if (isFault(references)) return references;
      config.nameReference = references;
    } else {
      const read = specs.read(field);
      if (isFault(read)) return read;
      config[table] = read;
    }
  }
  return config;
}
