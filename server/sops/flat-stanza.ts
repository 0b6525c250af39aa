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
  const lines = [...linesOf(text)].filter(({ line }) => line.startsWith(flatPrefix) && line.includes('='));
  const [first] = lines;
  if (first === undefined) return undefined;
  const entries = lines.slice(0, mostEntries).map(({ line }): [string, string] => {
    const sign = line.indexOf('=');
    return [line.slice(flatPrefix.length, sign), line.slice(sign + 1).replaceAll('\\n', '\n')];
  });
  return { entries, span: { start: first.start, end: first.start + first.line.length } };
}

function sectionEntries(text: string): FlatEntries | undefined {
  const header = /^[ \t]*\[sops\][ \t]*\r?$/m.exec(text);
  if (header === null) return undefined;
  const entries: [string, string][] = [];
  const from = header.index + header[0].length;
  for (const { line } of linesOf(text.slice(from))) {
    if (/^\s*\[/.test(line) || entries.length >= mostEntries) break;
    const sign = line.indexOf('=');
    const name = line.slice(0, Math.max(0, sign)).trim();
    if (name !== '' && !/^[#;]/.test(name)) entries.push([name, unquote(line.slice(sign + 1).trim())]);
  }
  return { entries, span: { start: header.index, end: from } };
}

const quotes = ['`', '"""', '"'];

/** INI puts values with line breaks or marks into backticks, triple or double quotes. */
function unquote(value: string): string {
  const quote = quotes.find((one) => value.startsWith(one) && value.endsWith(one) && value.length >= 2 * one.length);
  const inner = quote === undefined ? value : value.slice(quote.length, -quote.length);
  return inner.replaceAll('\\n', '\n');
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
