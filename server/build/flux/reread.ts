import { type Span, stretchAt, type Substitution } from '../../scalars/envsubst';
import { type YamlMap, type YamlNode } from '../../yaml/node';
import { keyText, resolveScalar } from '../../yaml/scalar';
import { numberText } from '../kustomize/emit/go-number';
import { formatFloat } from '../kustomize/patch/json-value';
import { type MapNode, type Node, type NodePath, textNode } from '../kustomize/node';
import { type Origin } from '../kustomize/origin';

export interface RereadObject {
  readonly node: MapNode;
  /** Paths of the values that reach over an unknown stretch. */
  readonly unknown: readonly NodePath[];
}

/**
 * The object that a substituted text stands for, as sigs.k8s.io/yaml reads it (go-yaml v2: YAML 1.1 booleans, of equal
 * keys the last) and Go's JSON takes it over (all numbers as floats). Parts that are as before are those of `before`.
 * `originAt` says the origin for an offset of the text. undefined for what is no object or no JSON.
 */
export function reread(
  root: YamlNode | undefined,
  before: MapNode,
  made: Substitution,
  originAt: (offset: number) => Origin | undefined,
): RereadObject | undefined {
  const reading = new Reading(made, originAt);
  const node = root === undefined ? undefined : reading.node(root, before, [], 0);
  return reading.isBroken || node?.kind !== 'map' ? undefined : { node, unknown: reading.unknown };
}

class Reading {
  readonly unknown: NodePath[] = [];
  isBroken = false;

  constructor(
    private readonly made: Substitution,
    private readonly originAt: (offset: number) => Origin | undefined,
  ) {}

  /** `before`: what stood there, where that is known. `from`: of the key or dash before it. */
  node(node: YamlNode, before: Node | undefined, path: NodePath, from: number): Node {
    // To the end of the line, since a value that became empty leaves nothing to stand for it.
    if (before !== undefined && this.#isCopy(from, this.#lineEnd(node.end))) return before;
    if (node.kind === 'map') return this.#map(node, before, path);
    if (node.kind === 'alias') return this.#alias(node.target, before, path, from);
    const origin = this.#origin(
      node.start,
      before?.kind === (node.kind === 'scalar' ? 'scalar' : 'list') ? before : undefined,
    );
    if (node.kind === 'sequence') {
      const olds = before?.kind === 'list' ? before.items : [];
      const items = node.items.map((item, index) =>
        this.#entry(item, olds[index], [...path, index], node.dashes[index] ?? node.start),
      );
      return { kind: 'list', items, origin };
    }
    if (this.#isUnknown(node)) this.unknown.push(path);
    const { kind, value, isMismatch } = resolveScalar(node, 'kustomization');
    if (isMismatch === true) this.isBroken = true;
    if (typeof value === 'string') return textNode(value, origin);
    if (typeof value === 'number' && !Number.isFinite(value)) this.isBroken = true;
    const text = kind === 'null' ? 'null' : typeof value === 'boolean' ? String(value) : formatFloat(Number(value));
    return { kind: 'scalar', text, style: 'plain', origin };
  }

  /** `from`: of the key or dash before it. */
  #entry(node: YamlNode | undefined, before: Node | undefined, path: NodePath, from: number): Node {
    if (node !== undefined) return this.node(node, before, path, from);
    return { kind: 'scalar', text: 'null', style: 'plain', origin: this.#origin(from, before) };
  }

  #map(node: YamlMap, before: Node | undefined, path: NodePath): MapNode {
    const entries = new Map<string, Node>();
    const olds = before?.kind === 'map' ? before.entries : undefined;
    for (const { key, value } of node.entries) {
      // A merge key can only come out of a value, and then merges what stands beside it: nothing we can follow.
      if (key.kind !== 'scalar' || (key.style === 'plain' && key.text === '<<')) this.isBroken = true;
      const name = this.#key(key);
      if (this.#isUnknown(key)) this.unknown.push(path);
      const old = this.#isCopy(key.start, key.end) && !entries.has(name) ? olds?.get(name) : undefined;
      const entry = this.#entry(value, old, [...path, name], key.start);
      // What stands behind a key of its own has the origin that the key was printed with.
      const isOwn = old !== undefined || entry.kind === 'scalar';
      entries.set(name, isOwn ? entry : { ...entry, origin: this.originAt(key.start) ?? entry.origin });
    }
    return { kind: 'map', entries, origin: this.#origin(node.start, before?.kind === 'map' ? before : undefined) };
  }

  /** A key as sigs.k8s.io/yaml writes it as text; it refuses null, and numbers beyond 64 bits with a sign. */
  #key(key: YamlNode): string {
    if (key.kind !== 'scalar') return '';
    const { kind, value } = resolveScalar(key, 'kustomization');
    if (kind === 'null' || (typeof value === 'bigint' && value >= 2n ** 63n)) this.isBroken = true;
    return kind === 'float' ? numberText(value) : keyText(key, 'kustomization');
  }

  #alias(target: YamlNode | undefined, before: Node | undefined, path: NodePath, from: number): Node {
    // An alias inside its own anchor never ends.
    if (target?.kind === 'scalar') return this.node(target, undefined, path, from);
    this.isBroken = true;
    return textNode('', this.#origin(0, before));
  }

  #origin(offset: number, before: Node | undefined): Origin {
    return before?.origin ?? this.originAt(offset) ?? 0;
  }

  /** True when a stretch of output, and the characters around it, were copied without a change. */
  #isCopy(start: number, end: number): boolean {
    const first = stretchAt(this.made.map, Math.max(0, start - 1));
    return first?.isCopy === true && first === stretchAt(this.made.map, end);
  }

  #lineEnd(offset: number): number {
    const found = this.made.text.indexOf('\n', offset);
    return found < 0 ? this.made.text.length : found;
  }

  #isUnknown({ kind, start, end }: YamlNode): boolean {
    if (kind === 'map' || kind === 'sequence') return false;
    const { unknown } = this.made;
    let low = 0;
    let high = unknown.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((unknown[middle] as Span).end <= start) low = middle + 1;
      else high = middle;
    }
    return (unknown[low]?.start ?? end) < end;
  }
}
