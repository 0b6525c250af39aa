import { type Container } from './yaml-tree';

/** A comment on a line of its own. */
export interface GapComment {
  /** Offset of its mark. */
  readonly start: number;
  readonly end: number;
  readonly column: number;
}

/** The comments between two pieces of content, and what stands around them. */
export interface Gap<C extends GapComment> {
  readonly comments: readonly C[];
  /** The block collection that is open where the gap begins. */
  readonly open: Container;
  /** The outermost collection in brackets that closes where the gap begins. */
  readonly closed: Container | undefined;
  /** The collection of what follows; undefined at the end of the document. */
  readonly next: Container | undefined;
  readonly nextColumn: number;
  /** The gap begins behind a key without value on its line. */
  readonly isBehindKey: boolean;
  /** The gap begins behind a dash alone on its line, and what follows is inside of its item. */
  readonly isBehindDash: boolean;
  /** What follows is an item of a list or the first key of a map: it keeps the foot of what stands above, behind itself. */
  readonly keepsFeet: boolean;
  /** True when an empty line stands above a comment, or below it. */
  isBlankAbove(comment: C): boolean;
  isBlankBelow(comment: C): boolean;
}

/** Comments that go-yaml keeps together. */
interface Group<C> {
  readonly comments: C[];
  readonly column: number;
  readonly isFoot: boolean;
  /** Offset from which on a token takes the group; -1: what stands before the gap. */
  readonly mark: number;
  readonly from: number;
  readonly to: number;
}

/** Where a comment hangs: at the end of a collection, or before or behind the item that follows the gap. */
export type GapPlace = Container | 'before' | 'behind';

/**
 * The place of each comment. This is how the scanner of go-yaml v3 gives
 * comments to what ends above them (scannerc.go, `yaml_parser_scan_comments` and `yaml_parser_unroll_indent`).
 */
export function placeGap<C extends GapComment>(gap: Gap<C>): ReadonlyMap<C, GapPlace> {
  const groups = groupsOf(gap);
  const ends = endsOf(gap, groups);
  const places = new Map<C, GapPlace>();
  const place = (group: Group<C> | undefined, where: GapPlace): void => {
    for (const comment of group?.comments ?? []) places.set(comment, where);
  };
  const aboveGap = gap.isBehindDash ? 'behind' : (gap.closed ?? (gap.open === gap.next ? 'before' : gap.open));
  while (groups[0]?.isFoot === true && groups[0].mark < 0) place(groups.shift(), aboveGap);
  const carried: Group<C>[] = [];
  for (const { container, mark } of ends) {
    while (groups[0]?.isFoot === true && groups[0].mark <= mark) {
      const group = groups.shift();
      // The end of a list takes no comments: they wait for the end of a map.
      if (container.kind === 'map') place(group, container);
      else if (group !== undefined) carried.push(group);
    }
    if (container.kind === 'map') for (const group of carried.splice(0)) place(group, container);
  }
  for (const group of [...carried, ...groups]) place(group, group.isFoot && gap.keepsFeet ? 'behind' : 'before');
  return places;
}

function groupsOf<C extends GapComment>({ comments, open, next, nextColumn, ...gap }: Gap<C>): Group<C>[] {
  const indent = Math.max(open.column, 0);
  const groups: Group<C>[] = [];
  let current: C[] = [];
  let mark = -1;
  let isFirst = comments[0] === undefined || !gap.isBlankAbove(comments[0]);
  const from = (): number => groups.at(-1)?.to ?? (comments[0]?.start ?? 0) - 1;
  const flush = (isFoot: boolean, at: number, to: number): void => {
    const [first] = current;
    if (first !== undefined)
      groups.push({ comments: current, column: first.column, isFoot, mark: at, from: from(), to });
    current = [];
    mark = to;
  };
  for (const comment of comments) {
    const [first] = current;
    if (first !== undefined && comment.column < indent && comment.column !== first.column)
      flush(true, mark, comment.start);
    current.push(comment);
    if (!gap.isBlankBelow(comment)) continue;
    const head = current[0] ?? comment;
    const isDedented = head.column < indent;
    const isBelowContent = groups.length === 0 && head === comments[0] && !gap.isBehindKey;
    if (isFirst && (isBelowContent || isDedented)) flush(true, isDedented ? head.start : mark, comment.end + 1);
    isFirst = false;
  }
  const [first] = current;
  if (first === undefined) return groups;
  const isDedent = next !== undefined && nextColumn < indent && nextColumn !== first.column;
  flush(isDedent, isDedent ? mark : first.start, (current.at(-1)?.end ?? first.end) + 1);
  return groups;
}

/** Collections that end in the gap, innermost first, and the offset at which go-yaml lets each end. */
function endsOf<C extends GapComment>(
  { open, next, comments }: Gap<C>,
  groups: readonly Group<C>[],
): readonly { readonly container: Container; readonly mark: number }[] {
  const ends: { container: Container; mark: number }[] = [];
  let mark = (comments[0]?.start ?? 0) - 0.5;
  for (let here: Container | undefined = open; here !== undefined && here !== next; here = here.parent) {
    const { column, parent } = here;
    // A list at the column of its key ends without a token of its own.
    if (column < 0 || (here.kind === 'list' && parent?.kind === 'map' && parent.column === column)) continue;
    let stop = mark;
    for (const group of [...groups].reverse()) {
      if (group.to < stop) break;
      const [first] = group.comments;
      if (group.column === column && first !== undefined) mark = first.start;
      stop = group.from;
    }
    ends.push({ container: here, mark });
  }
  return ends;
}
