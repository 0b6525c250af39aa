import { type ScalarStyle } from '../../yaml/node';
import { type Origin } from './origin';

/**
 * A value on its way through a build. Immutable: a change makes new nodes along its path and shares everything
 * else, so layers cost what they change.
 */
export type Node = ScalarNode | MapNode | ListNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  /** Content as go-yaml holds it in `Node.Value`: after quotes and folding, before resolution. */
  readonly text: string;
  readonly style: ScalarStyle;
  /** As written (`!!binary`), or the tag a transformer set (`!!str`, `!!int`); absent where the text decides. */
  readonly tag?: string;
  /**
   * Mark of a label or annotation that one transformer added to several fields of an object: kustomize holds one node
   * for all of them, so whoever overwrites one place changes all (`fieldspec/shared-scalar.ts`).
   */
  readonly shared?: object;
  /** True for a plain scalar that kustomize set without a tag: written out as its text reads, but put in quotes by a
   * strategic merge patch that walks over it (`patch/quoted.ts`). */
  readonly isBare?: true;
  /**
   * Set where a plain text stands inside brackets and Go quotes it when it writes it there, so that it becomes text:
   * nothing at all, or a time of day.
   */
  readonly quotedInFlow?: true;
  readonly origin: Origin;
}

/** Keys for which Go refuses to write a map. */
export interface KeyFault {
  readonly reason: 'duplicate-key' | 'key-not-text';
  readonly key: string;
  /** Keys that are text because they stand in quotes (`"0x1F":`); only of a map with a key that is no text. */
  readonly quoted?: ReadonlySet<string>;
  /** The last values of keys that stand there more than once; `entries` has the first. */
  readonly last?: ReadonlyMap<string, Node>;
}

export interface MapNode {
  readonly kind: 'map';
  /** In written order; the emitter sorts. A key written without a value holds a scalar with empty text. */
  readonly entries: ReadonlyMap<string, Node>;
  /** Why Go refuses to write the object that holds this map, known since it was read: a second equal key, which
   * `entries` leaves out, or a key that is no text (`1:`), which stands there by its text. */
  readonly unwritable?: KeyFault;
  /** True for one that was read inside brackets, or in its own: Go writes what comes in later in brackets too. */
  readonly isFlow?: boolean;
  readonly origin: Origin;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly Node[];
  /** As of {@link MapNode}. */
  readonly isFlow?: boolean;
  readonly origin: Origin;
}

/** Names of map keys and indices of list items, from the object's root. */
export type NodePath = readonly (string | number)[];

/** A plain text scalar, as transformers make them. */
export function textNode(text: string, origin: Origin): ScalarNode {
  return { kind: 'scalar', text, style: 'plain', tag: '!!str', origin };
}

export function mapNode(entries: Iterable<readonly [string, Node]>, origin: Origin): MapNode {
  return { kind: 'map', entries: new Map(entries), origin };
}

export function listNode(items: readonly Node[], origin: Origin): ListNode {
  return { kind: 'list', items, origin };
}

/** The node at a path; undefined where a step is missing or of another kind. */
export function nodeAt(node: Node | undefined, path: NodePath): Node | undefined {
  let here = node;
  for (let at = 0; at < path.length; at++) {
    const step = path[at];
    if (here?.kind === 'map' && typeof step === 'string') here = here.entries.get(step);
    else if (here?.kind === 'list' && typeof step === 'number') here = here.items[step];
    else return undefined;
  }
  return here;
}

/** Text of the scalar at a path; undefined where there is none. */
export function textAt(node: Node | undefined, ...path: NodePath): string | undefined {
  const found = nodeAt(node, path);
  return found?.kind === 'scalar' ? found.text : undefined;
}

/** The map with one entry set (a new key goes to the end) or, for undefined, removed. */
export function withEntry(map: MapNode, key: string, value: Node | undefined): MapNode {
  if (value === map.entries.get(key)) return map;
  const entries = new Map(map.entries);
  if (value === undefined) entries.delete(key);
  else entries.set(key, value);
  return { ...map, entries };
}
