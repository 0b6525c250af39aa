import { type Span } from '../model/text';
import { type DotenvLine, dotenvValue, readDotenv } from './dotenv-reader';
import { flatPrefix, type Unflattened, unflatten } from './flatten';
import { type IniSection, readIni } from './ini-reader';
import { type MetadataReading, readMetadata } from './metadata';

/** The section of an INI file that holds the stanza. */
export const stanzaSection = 'sops';

/** The stanza of a dotenv file; undefined where no entry is of it. */
export function dotenvStanza(text: string, entries: readonly DotenvLine[]): Unflattened | undefined {
  const lines = entries.filter(({ key }) => key.startsWith(flatPrefix));
  if (lines.length === 0) return undefined;
  return unflatten(
    lines.map(({ key, valueStart, end }) => [key.slice(flatPrefix.length), dotenvValue(text.slice(valueStart, end))]),
  );
}

/** The stanza that a section of an INI file holds; SOPS writes line breaks as `\n` before go-ini comes to its values. */
export const sectionStanza = ({ keys }: IniSection): Unflattened =>
  unflatten(keys.map(({ name, value }) => [name, dotenvValue(value)]));

/**
 * The stanza of a dotenv file (entries that begin with `sops_`) or an INI file (the section `sops`), and where it begins;
 * undefined where there is none. A file that is damaged elsewhere still tells its stanza.
 */
export function readFlatStanza(
  text: string,
  format: 'dotenv' | 'ini',
): { readonly reading: MetadataReading; readonly span: Span } | undefined {
  return format === 'dotenv' ? ofDotenv(text) : ofIni(text);
}

function ofDotenv(text: string): ReturnType<typeof readFlatStanza> {
  const { entries } = readDotenv(text);
  const first = entries.find(({ key }) => key.startsWith(flatPrefix));
  const stanza = dotenvStanza(text, entries);
  if (first === undefined || stanza === undefined) return undefined;
  return { reading: readingOf(stanza), span: { start: first.start, end: first.end } };
}

function ofIni(text: string): ReturnType<typeof readFlatStanza> {
  const header = /^[ \t]*\[sops\][ \t]*\r?$/m.exec(text);
  if (header === null) return undefined;
  const from = header.index;
  // What stands above may be damaged.
  const section = readIni(text.slice(from)).sections.find(({ name }) => name === stanzaSection);
  if (section === undefined) return undefined;
  return { reading: readingOf(sectionStanza(section)), span: { start: from, end: from + header[0].length } };
}

function readingOf(stanza: Unflattened): MetadataReading {
  if (stanza.kind === 'stanza') return readMetadata(stanza.stanza);
  return { ...readMetadata(new Map()), faults: [{ kind: 'bad-flat-key', path: [], key: stanza.name }] };
}
