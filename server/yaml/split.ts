/** Where one document of a text starts and ends, in UTF-16 offsets, and the line on which it starts. */
export interface DocumentSpan {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

const isBreakOrBlank = (char: string | undefined): boolean =>
  char === undefined || char === '\n' || char === '\r' || char === ' ' || char === '\t';

function startsWithMarker(text: string, lineStart: number, marker: string): boolean {
  return text.startsWith(marker, lineStart) && isBreakOrBlank(text[lineStart + 3]);
}

/**
 * Cuts a text into documents at every line that starts with `---`, and behind every line that starts with `...`;
 * directives (`%…`) above a `---` stay with the document below. Purely by text, so that a broken document never
 * hides its neighbours: YAML ends any document there, whatever is open. There is always at least one span, and the
 * spans cover the whole text. A first span of nothing but blank lines, comments or a byte order mark is merged with the next.
 */
export function splitDocuments(text: string): readonly DocumentSpan[] {
  const starts = [0];
  for (const marker of ['\n---', '\n...']) {
    for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + 1)) {
      if (!isBreakOrBlank(text[at + 4])) continue;
      starts.push(marker === '\n---' ? at + 1 : behindLine(text, at + 1));
    }
  }
  starts.sort((a, b) => a - b);
  const spans: DocumentSpan[] = [];
  let line = 0;
  let start = 0;
  for (let index = 0; index < starts.length; index++) {
    const end = starts[index + 1] ?? text.length;
    const isLast = index === starts.length - 1;
    // A piece without content gives no document of its own: it is the head of the next one.
    if (!isLast && isPreamble(text, start, end)) continue;
    if (isLast && spans.length > 0 && isPreamble(text, start, end) && !startsWithMarker(text, start, '---')) {
      const previous = spans.pop();
      if (previous !== undefined) spans.push({ ...previous, end });
      continue;
    }
    spans.push({ start, end, line });
    line += countBreaks(text, start, end);
    start = end;
  }
  return spans;
}

function behindLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline + 1;
}

/** True when a piece holds only blank lines, comments and directives, and neither `---` nor `...`. */
function isPreamble(text: string, start: number, end: number): boolean {
  let at = start;
  while (at < end) {
    const char = text[at];
    if (char === '\n' || char === '\r' || char === ' ' || char === '\t' || char === '\ufeff') at++;
    else if (char === '#' || (char === '%' && (at === 0 || text[at - 1] === '\n'))) at = behindLine(text, at);
    else return false;
  }
  return true;
}

function countBreaks(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
