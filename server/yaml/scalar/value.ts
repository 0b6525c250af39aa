import { type JsonValue } from '../../model/json';
import { type YamlDocument } from '../document';
import { type YamlMap, type YamlNode } from '../node';
import { resolveScalar, type Dialect } from './resolve';

const rootValues: Readonly<Record<Dialect, WeakMap<YamlDocument, JsonValue>>> = {
  'go-yaml-v3': new WeakMap(),
  kustomization: new WeakMap(),
};

/**
 * The value of a node (undefined: null) as Go decodes it: aliases and merge keys expanded, of equal keys the last
 * wins. Objects that an alias names are shared, not copied, so a text of many aliases costs no memory; in a document
 * with an `alias-limit` fault, and for a missing anchor, an alias reads as null. The value of a whole document is kept.
 */
export function valueOf(
  document: YamlDocument,
  node: YamlNode | undefined,
  dialect: Dialect = 'go-yaml-v3',
): JsonValue {
  if (node === undefined) return null;
  const isRoot = node === document.root;
  const kept = isRoot ? rootValues[dialect].get(document) : undefined;
  if (kept !== undefined) return kept;
  const expandsAliases = document.anchors.size > 0 && !document.faults.some(({ code }) => code === 'alias-limit');
  const value = new Evaluation(dialect, expandsAliases).value(node);
  if (isRoot) rootValues[dialect].set(document, value);
  return value;
}

/** The text of a map's key as it stands in JSON. */
export function keyText(key: YamlNode, dialect: Dialect = 'go-yaml-v3'): string {
  if (key.kind === 'alias') return key.target === undefined ? '' : keyText(key.target, dialect);
  if (key.kind !== 'scalar') return '';
  if (dialect === 'go-yaml-v3') return key.text;
  const { kind, value } = resolveScalar(key, dialect);
  return kind === 'float' || kind === 'null' ? key.text : String(value);
}

function isMergeKey(key: YamlNode): boolean {
  return (
    key.kind === 'scalar' &&
    key.text === '<<' &&
    (key.tag === undefined ? key.style === 'plain' : key.tag === '!!merge')
  );
}

class Evaluation {
  private readonly targets = new Map<YamlNode, JsonValue>();

  constructor(
    private readonly dialect: Dialect,
    private readonly expandsAliases: boolean,
  ) {}

  value(node: YamlNode | undefined): JsonValue {
    if (node === undefined) return null;
    if (node.kind === 'scalar') return resolveScalar(node, this.dialect).value;
    if (node.kind === 'sequence') return node.items.map((item) => this.value(item));
    return node.kind === 'map' ? this.map(node) : this.target(node.target);
  }

  private target(node: YamlNode | undefined): JsonValue {
    if (node === undefined || !this.expandsAliases) return null;
    let value = this.targets.get(node);
    if (value === undefined) this.targets.set(node, (value = this.value(node)));
    return value;
  }

  private map(node: YamlMap): JsonValue {
    const object = new Map<string, JsonValue>();
    let mergesFrom: YamlNode | undefined;
    for (const { key, value } of node.entries) {
      if (!isMergeKey(key)) object.set(keyText(key, this.dialect), this.value(value));
      else if (this.dialect === 'kustomization') this.merge(object, value, true);
      else mergesFrom = value;
    }
    if (mergesFrom !== undefined) this.merge(object, mergesFrom, false);
    return object;
  }

  /**
   * Adds the fields of a merged map, or of several of which an earlier one wins. go-yaml v3 lets the map's own keys
   * win; v2 merges where the key stands, so a merge below a key replaces it.
   */
  private merge(object: Map<string, JsonValue>, from: YamlNode | undefined, replaces: boolean): void {
    const source = from?.kind === 'alias' ? from.target : from;
    const maps = source?.kind === 'sequence' ? [...source.items] : [from];
    // Later ones first when they replace, so that an earlier one has the last word.
    for (const map of replaces ? maps.reverse() : maps) {
      const fields = this.value(map);
      if (!(fields instanceof Map)) continue;
      for (const [name, value] of fields as ReadonlyMap<string, JsonValue>) {
        if (replaces || !object.has(name)) object.set(name, value);
      }
    }
  }
}
