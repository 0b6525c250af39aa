/** One line of block YAML cut into its dashes and its key; enough to follow indentation in half-typed text. */
export interface BlockLine {
  readonly text: string;
  /** Blank, a comment or a document marker: says nothing about structure. */
  readonly isEmpty: boolean;
  /** Columns of the leading `-`. */
  readonly dashes: readonly number[];
  /** Column of what follows indentation and dashes. */
  readonly column: number;
  /** Unquoted key; undefined when the line holds a scalar or nothing. */
  readonly key: string | undefined;
  /** Column behind the colon; -1 without a key. */
  readonly afterColon: number;
  /** What stands behind the colon, without comment and quotes; the whole scalar without a key. */
  readonly value: string;
}

const keyPattern = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#&*!|>%@`"'[\]{},?:-][^#:]*?|[^\s:#{}[\],"']+?)\s*:(?=\s|$)/;

/** Reads one line (without its end). */
export function readLine(text: string): BlockLine {
  let column = 0;
  while (text[column] === ' ') column++;
  const dashes: number[] = [];
  while (text[column] === '-' && (text[column + 1] === ' ' || text[column + 1] === undefined)) {
    dashes.push(column);
    column++;
    while (text[column] === ' ') column++;
  }
  const content = text.slice(column);
  const isEmpty = dashes.length === 0 && (content.trim() === '' || /^(#|---(\s|$)|\.\.\.(\s|$)|%)/.test(content));
  const match = isEmpty ? null : keyPattern.exec(content);
  const afterColon = match === null ? -1 : column + match[0].length;
  return {
    text,
    isEmpty,
    dashes,
    column,
    key: match?.[1] === undefined ? undefined : unquote(match[1]),
    afterColon,
    value: plainValue(match === null ? content : text.slice(afterColon)),
  };
}

const plainValue = (text: string): string => unquote(text.replace(/(^|\s)#.*$/, '').trim());

/** The text without the quotes around it; half-typed quotes are taken off too. */
export function unquote(text: string): string {
  const quote = text[0];
  if (quote !== '"' && quote !== "'") return text;
  return text.length > 1 && text.endsWith(quote) ? text.slice(1, -1) : text.slice(1);
}

/** True when a key's value stands on the following lines: nothing, an anchor or a tag behind the colon. */
export function opensBlock(line: BlockLine): boolean {
  return line.key !== undefined && /^([&!]\S*\s*)*$/.test(line.value);
}

/** True when a block scalar (`|`, `>`) starts on the line. */
export function opensBlockScalar(line: string): boolean {
  return /(^|[\s:])[|>][-+0-9]*$/.test(line.replace(/\s#.*$/, '').trimEnd());
}
