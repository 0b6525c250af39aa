import { type Span } from '../model/text';
import { flatPrefix, unflatten } from './flatten';
import { type MetadataReading, readMetadata } from './metadata';

/** Entries beyond any real stanza are not read. */
const mostEntries = 5000;

/**
 * The stanza of a dotenv file (entries that begin with `sops_`) or an INI file (the section `sops`), and where it begins;
 * undefined where there is none.
 */
export function readFlatStanza(
  text: string,
  format: 'dotenv' | 'ini',
): { readonly reading: MetadataReading; readonly span: Span } | undefined {
  const found = format === 'dotenv' ? dotenvEntries(text) : sectionEntries(text);
  if (found === undefined) return undefined;
  const stanza = unflatten(found.entries);
  const reading =
    stanza.kind === 'stanza'
      ? readMetadata(stanza.stanza)
      : { ...readMetadata(new Map()), faults: [misfit(stanza.name)] };
  return { reading, span: found.span };
}

const misfit = (key: string) => ({ kind: 'bad-flat-key', path: [], key }) as const;

interface FlatEntries {
  readonly entries: readonly (readonly [name: string, value: string])[];
  readonly span: Span;
}

/** Line breaks inside a value are written `\n` (getsops/sops stores/dotenv/store.go). */
function dotenvEntries(text: string): FlatEntries | undefined {
  const entries: [string, string][] = [];
  let span: Span | undefined;
  for (const { line, start } of linesOf(text)) {
    if (!line.startsWith(flatPrefix) || entries.length >= mostEntries) continue;
    const sign = line.indexOf('=');
    if (sign < 0) continue;
    span ??= { start, end: start + line.length };
    entries.push([line.slice(flatPrefix.length, sign), line.slice(sign + 1).replaceAll('\\n', '\n')]);
  }
  return span && { entries, span: { start: span.start, end: span.end } };
}

function sectionEntries(text: string): FlatEntries | undefined {
  const entries: [string, string][] = [];
  let span: Span | undefined;
  let isInside = false;
  for (const { line, start } of linesOf(text)) {
    if (/^\s*\[/.test(line)) {
      isInside = line.trim() === '[sops]';
      if (isInside) span ??= { start, end: start + line.length };
    } else if (isInside && entries.length < mostEntries) {
      const [, name, value = ''] = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      if (name !== undefined) entries.push([name, unquote(value)]);
    }
  }
  return span && { entries, span };
}

/** INI puts values with line breaks or marks into backticks, triple or double quotes. */
function unquote(value: string): string {
  const [, inner] = /^(?:`(.*)`|"""(.*)"""|"(.*)")$/.exec(value)?.filter((part) => part !== undefined) ?? [];
  return (inner ?? value).replaceAll('\\n', '\n');
}

function* linesOf(text: string): Iterable<{ readonly line: string; readonly start: number }> {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? text.length : end).replace(/\r$/, '');
    yield { line, start };
    if (end < 0) return;
    start = end + 1;
  }
}
