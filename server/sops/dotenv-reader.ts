import { type Span } from '../model/text';

/** One line with an entry: its offsets, without the break. */
export interface DotenvLine extends Span {
  readonly key: string;
  /** Offset behind the `=`. */
  readonly valueStart: number;
}

export interface DotenvReading {
  readonly entries: readonly DotenvLine[];
  /** Lines that begin with `#`, without their breaks. */
  readonly comments: readonly Span[];
  /** The first line (from 1) that is neither an entry nor a comment; SOPS refuses the file. */
  readonly badLine: number | undefined;
}

/** Reads a dotenv file (getsops/sops stores/dotenv): `key=value` lines without quotes, comments on lines of their own. */
export function readDotenv(text: string): DotenvReading {
  const entries: DotenvLine[] = [];
  const comments: Span[] = [];
  let badLine: number | undefined;
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const end = start + line.length;
    const equals = line.indexOf('=');
    if (line.startsWith('#')) comments.push({ start, end });
    else if (equals >= 0) entries.push({ start, end, key: line.slice(0, equals), valueStart: start + equals + 1 });
    else if (line !== '') badLine ??= index + 1;
    start = end + 1;
  }
  return { entries, comments, badLine };
}

/** What a written value stands for: line breaks are written `\n`. */
export const dotenvValue = (written: string): string => written.replaceAll('\\n', '\n');

/** A value as it is written. */
export const dotenvText = (value: string): string => value.replaceAll('\n', '\\n');
