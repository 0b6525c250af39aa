/** Comments around a value as go-yaml keeps them, without their indentation; an empty line parts two of them. */

interface Line {
  /** undefined for a line that holds anything else. */
  readonly comment: string | undefined;
  readonly isBlank: boolean;
  readonly column: number;
  readonly start: number;
  readonly end: number;
}

const form = /^([ \t]*)(#.*)?$/;

function lineAt(text: string, start: number): Line {
  const newline = text.indexOf('\n', start);
  const end = newline < 0 ? text.length : newline;
  const found = form.exec(text.slice(start, end).replace(/\r$/, ''));
  const comment = found?.[2];
  return { comment, isBlank: found !== null && comment === undefined, column: found?.[1]?.length ?? 0, start, end };
}

/** Comments between two offsets that stand on lines of their own; blank lines part them once. */
export function commentsBetween(text: string, from: number, to: number): string[] {
  const lines: string[] = [];
  let wasBlank = false;
  for (let at = from; at < to;) {
    const line = lineAt(text, at);
    if (line.comment !== undefined) {
      if (wasBlank && lines.length > 0) lines.push('');
      lines.push(line.comment);
    }
    wasBlank = line.isBlank;
    at = line.end + 1;
  }
  return lines;
}

/** Where the line behind an offset begins. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** Column of the next thing that is no comment, and whether it is an item; 0 at the end. */
function nextThing(text: string, from: number): { readonly column: number; readonly isItem: boolean } {
  for (let at = from; at < text.length; at = lineAt(text, at).end + 1) {
    const { comment, isBlank } = lineAt(text, at);
    if (comment !== undefined || isBlank) continue;
    const column = columnOf(text, at);
    return { column, isItem: /^-(?:\s|$)/.test(text.slice(at + column, at + column + 2)) };
  }
  return { column: 0, isItem: false };
}

/**
 * The comment right below a value of a column that is not meant for what follows (yamlh.go, foot comments): a blank line
 * comes behind it, or something less deep, and then it belongs to the deepest field above. `start`: of the line to look
 * at; `next` is where the search for other comments goes on.
 */
export function footBelow(
  text: string,
  start: number,
  { column, isItem, isBare }: { readonly column: number; readonly isItem: boolean; readonly isBare: boolean },
): { lines: string[]; next: number } {
  const first = lineAt(text, start);
  const lines: string[] = [];
  let line = first;
  while (line.start < text.length && line.comment !== undefined && line.column >= first.column) {
    lines.push(line.comment);
    line = lineAt(text, line.end + 1);
  }
  const isNext = line.start < text.length && line.comment === undefined && !line.isBlank;
  const isHead = isNext && columnOf(text, line.start) >= first.column;
  const after = nextThing(text, start);
  // Below the last item of a list as deep as its key it is the key's.
  const isOfKey = isItem && after.column === column && !after.isItem;
  const isDeepest = isBare && first.column < column && first.column > after.column;
  const isOwn = (first.column === column && !isOfKey) || isDeepest;
  return isHead || !isOwn || lines.length === 0 ? { lines: [], next: start } : { lines, next: line.start };
}

function columnOf(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ') at++;
  return at - start;
}
