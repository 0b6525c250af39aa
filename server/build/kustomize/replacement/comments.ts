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

/**
 * The comment right below a value that is not meant for what follows (yamlh.go, foot comments): a blank line, the end or
 * something less deep comes behind it. `start`: of the line to look at; `next` is where the search for other comments goes on.
 */
export function footBelow(text: string, start: number, column: number): { lines: string[]; next: number } {
  const lines: string[] = [];
  let at = start;
  while (at < text.length) {
    const line = lineAt(text, at);
    if (line.comment === undefined || line.column < column) {
      const goesOn = line.comment === undefined && !line.isBlank && line.column >= 0 && columnOf(text, at) >= column;
      return goesOn ? { lines: [], next: start } : { lines, next: at };
    }
    lines.push(line.comment);
    at = line.end + 1;
  }
  return { lines, next: text.length };
}

function columnOf(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ') at++;
  return at - start;
}
