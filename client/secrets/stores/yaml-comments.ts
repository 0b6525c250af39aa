import { type PlacedDocument } from '../../../server/yaml/document';
import { type YamlNode } from '../../../server/yaml/node';
import { type TreeComment } from '../values/tree';
import { type Gap, placeGap } from './comment-gap';
import { headerComment } from './yaml-values';
import { type Container, type Slot, type YamlTree } from './yaml-tree';

interface FoundComment {
  /** Offset of its mark. */
  readonly start: number;
  readonly end: number;
  /** Columns before it, when nothing else stands before it on its line. */
  readonly column: number | undefined;
}

/**
 * Puts the comments of a document into its tree, where go-yaml v3 hangs them: above an item before it, behind a value before its
 * entry, and what stands deeper than the next item at the end of the collection it is aligned with.
 */
export function placeComments(placed: PlacedDocument, tree: YamlTree): void {
  const comments = findComments(placed);
  if (comments.length === 0) return;
  const { text } = placed.document;
  const before = new Map<Slot, TreeComment[]>();
  const behind = new Map<Slot, TreeComment[]>();
  const first = new Map<Container, TreeComment[]>();
  const last = new Map<Container, TreeComment[]>();
  const add = <K>(lists: Map<K, TreeComment[]>, key: K, comment: TreeComment): void => {
    const known = lists.get(key);
    if (known === undefined) lists.set(key, [comment]);
    else known.push(comment);
  };
  let next = 0;
  for (let index = 0; index < comments.length; index++) {
    const found = comments[index];
    if (found === undefined) break;
    while ((tree.slots[next]?.start ?? Infinity) < found.start) next++;
    const previous = tree.slots[next - 1];
    const following = tree.slots[next];
    const make = (one: FoundComment, container: Container): TreeComment => commentNode(placed, one, container);
    if (!isOnOwnLine(found)) {
      const flow = flowBefore(text, previous, found.start);
      const container = flow ?? previous?.container ?? tree.root;
      if (flow !== undefined || previous === undefined) add(first, container, make(found, container));
      else add(before, previous, make(found, container));
      continue;
    }
    const open = innermost(previous) ?? tree.root;
    if (open.column < 0 && found.start < open.end) {
      if (following?.container === open) add(before, following, make(found, open));
      else add(last, open, make(found, open));
      continue;
    }
    const gap: OwnLineComment[] = [];
    for (let one = comments[index]; one !== undefined && isOnOwnLine(one); one = comments[++index]) {
      if (following !== undefined && one.start > following.start) break;
      gap.push(one);
    }
    index--;
    const places = placeGap(gapOf(text, gap, open, previous, following));
    for (const one of gap) {
      const where = places.get(one) ?? 'before';
      const container = typeof where === 'string' ? (following?.container ?? tree.root) : where;
      if (typeof where !== 'string' || following === undefined) add(last, container, make(one, container));
      else add(where === 'before' ? before : behind, following, make(one, container));
    }
  }
  insert(tree, { before, behind, first, last });
}

type OwnLineComment = FoundComment & { readonly column: number };

const isOnOwnLine = (comment: FoundComment): comment is OwnLineComment => comment.column !== undefined;

/** The innermost collection without brackets, and the outermost one with them inside of it. */
function blockOf(container: Container): { readonly block: Container; readonly flow: Container | undefined } {
  let here = container;
  let flow: Container | undefined;
  while (here.column < 0 && here.parent !== undefined) {
    flow = here;
    here = here.parent;
  }
  return { block: here, flow };
}

function gapOf(
  text: string,
  comments: readonly OwnLineComment[],
  innermostOpen: Container,
  previous: Slot | undefined,
  following: Slot | undefined,
): Gap<OwnLineComment> {
  const isBlank = (from: number, to: number): boolean => text.slice(from, to).trim() === '';
  const { block, flow } = blockOf(innermostOpen);
  return {
    comments,
    open: block,
    closed: flow,
    next: following?.container,
    nextColumn: following === undefined ? -1 : columnOf(text, following.start),
    isBehindKey: previous?.container.kind === 'map' && previous.value === undefined,
    keepsFeet: following?.container.kind === 'list' || following?.container.items[0] === following?.item,
    isBehindDash: isBehindDash(text, comments[0], previous, following),
    isBlankAbove: ({ start }) => {
      const line = text.lastIndexOf('\n', start);
      return line > 0 && isBlank(text.lastIndexOf('\n', line - 1) + 1, line);
    },
    isBlankBelow: ({ end }) => {
      const line = text.indexOf('\n', end);
      if (line < 0) return true;
      const next = text.indexOf('\n', line + 1);
      return isBlank(line, next < 0 ? text.length : next);
    },
  };
}

function isBehindDash(
  text: string,
  first: OwnLineComment | undefined,
  previous: Slot | undefined,
  following: Slot | undefined,
): boolean {
  if (previous?.container.kind !== 'list' || following?.container.parent !== previous.container) return false;
  return text.slice(previous.start + 1, first?.start).trim() === '';
}

/** The outermost collection in brackets that closes before a comment on its line. */
function flowBefore(text: string, previous: Slot | undefined, at: number): Container | undefined {
  let found: Container | undefined;
  for (let here = innermost(previous); here !== undefined; here = here.parent) {
    if (here.column < 0 && here.end <= at && !text.slice(here.end, at).includes('\n')) found = here;
  }
  return found;
}

/** The collection an item opens, even an empty one; else the one it is in. */
function innermost(slot: Slot | undefined): Container | undefined {
  const value = slot?.item.kind === 'entry' ? slot.item.value : slot?.item;
  return value?.kind === 'map' || value?.kind === 'list' ? (value as Container) : slot?.container;
}

const columnOf = (text: string, at: number): number => at - (text.lastIndexOf('\n', at - 1) + 1);

function commentNode(
  { document, offset }: PlacedDocument,
  { start, end }: FoundComment,
  container: Container,
): TreeComment {
  const span = { start: start + 1 + offset, end: end + offset };
  const otherPaths: (readonly string[])[] = [];
  for (let here = container.parent; here !== undefined; here = here.parent) otherPaths.push(here.keys);
  const text = document.text.slice(start + 1, end);
  return { kind: 'comment', text, otherPaths, write: (newText) => [{ span, newText }] };
}

interface Placed {
  readonly before: ReadonlyMap<Slot, readonly TreeComment[]>;
  readonly behind: ReadonlyMap<Slot, readonly TreeComment[]>;
  readonly first: ReadonlyMap<Container, readonly TreeComment[]>;
  readonly last: ReadonlyMap<Container, readonly TreeComment[]>;
}

function insert({ root, slots }: YamlTree, { before, behind, first, last }: Placed): void {
  const above = new Map<unknown, readonly TreeComment[]>();
  const below = new Map<unknown, readonly TreeComment[]>();
  const ofStanza: TreeComment[] = [];
  for (const [slot, comments] of [...before, ...behind]) {
    if (slot.item.kind === 'null' && !slot.container.items.includes(slot.item)) ofStanza.push(...comments);
    else (before.get(slot) === comments ? above : below).set(slot.item, comments);
  }
  const containers = new Set([root, ...slots.map(({ container }) => container), ...first.keys(), ...last.keys()]);
  for (const container of containers) {
    const items = container.items.flatMap((item) => [...(above.get(item) ?? []), item, ...(below.get(item) ?? [])]);
    const end = container === root ? [...ofStanza, ...(last.get(container) ?? [])] : (last.get(container) ?? []);
    container.items.splice(0, container.items.length, ...(first.get(container) ?? []), ...items, ...end);
  }
}

/** Comments of a document: what follows a `#` outside of its scalars, and behind the header of a block scalar. */
function findComments({ document }: PlacedDocument): readonly FoundComment[] {
  const { text } = document;
  if (!text.includes('#')) return [];
  const scalars: { start: number; end: number }[] = [];
  const headers: FoundComment[] = [];
  collect(document.root, scalars, (node) => {
    const header = headerComment(text, node);
    if (header !== undefined) headers.push({ ...header, column: undefined });
  });
  scalars.sort((a, b) => a.start - b.start);
  const found: FoundComment[] = [];
  let index = 0;
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
    while (index < scalars.length && (scalars[index]?.end ?? 0) <= at) index++;
    const scalar = scalars[index];
    if (scalar !== undefined && scalar.start <= at) {
      at = scalar.end - 1;
      continue;
    }
    const lead = text.slice(text.lastIndexOf('\n', at) + 1, at);
    if (lead !== '' && !/\s$/.test(lead)) continue;
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : text[newline - 1] === '\r' ? newline - 1 : newline;
    found.push({ start: at, end, column: /^\ufeff?\s*$/.test(lead) ? lead.length : undefined });
    at = end - 1;
  }
  return [...found, ...headers].sort((a, b) => a.start - b.start);
}

function collect(
  node: YamlNode | undefined,
  scalars: { start: number; end: number }[],
  visit: (node: YamlNode & { readonly kind: 'scalar' }) => void,
): void {
  if (node === undefined || node.kind === 'alias') return;
  if (node.kind === 'scalar') {
    if (node.end > node.start) scalars.push({ start: node.start, end: node.end });
    visit(node);
  } else if (node.kind === 'sequence') for (const item of node.items) collect(item, scalars, visit);
  else {
    for (const { key, value } of node.entries) {
      collect(key, scalars, visit);
      collect(value, scalars, visit);
    }
  }
}
