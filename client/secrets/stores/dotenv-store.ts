import { type JsonObject, type JsonValue } from '../../../server/model/json';
import { type DotenvLine, dotenvText, dotenvValue, readDotenv } from '../../../server/sops/dotenv-reader';
import { dotenvStanza } from '../../../server/sops/flat-stanza';
import { flatPrefix, flatten } from '../../../server/sops/flatten';
import { type Span } from '../../../server/model/text';
import { type DocumentEdit } from '../../../server/yaml/edit';
import { done, type Outcome, refused, type ValueAddress } from '../fault';
import { type PlainValue, textOf, textValue } from '../values/plain-value';
import { type TreeComment, type TreeEntry } from '../values/tree';
import { type StoreFile } from './store';

/**
 * Reads a dotenv file (getsops/sops stores/dotenv): `key=value` lines without quotes, `\n` for a break, comments on lines of their
 * own; the stanza's entries begin with `sops_`.
 */
export function readDotenvStore(text: string): Outcome<StoreFile> {
  const { entries: lines, comments, badLine } = readDotenv(text);
  if (badLine !== undefined) return refused({ kind: 'unreadable', reason: 'expected an equals sign', line: badLine });
  const stanzaLines = lines.filter(({ key }) => key.startsWith(flatPrefix));
  const entries = lines.filter(({ key }) => !key.startsWith(flatPrefix));
  const names = new Set<string>();
  for (const { key } of entries) {
    if (names.has(key)) return refused({ kind: 'unsupported', reason: `it has ${key} twice` });
    names.add(key);
  }
  const stanza = dotenvStanza(text, lines);
  if (stanza?.kind === 'misfit') {
    return refused({ kind: 'bad-metadata', faults: [{ kind: 'bad-flat-key', path: [], key: stanza.name }] });
  }
  return done(new DotenvFile(text, entries, stanzaLines, comments, stanza?.stanza));
}

class DotenvFile implements StoreFile {
  readonly format = 'dotenv';
  readonly documents: StoreFile['documents'];

  constructor(
    readonly text: string,
    private readonly entries: readonly DotenvLine[],
    private readonly stanzaLines: readonly DotenvLine[],
    comments: readonly Span[],
    stanza: JsonValue | undefined,
  ) {
    const placed: (readonly [number, TreeEntry | TreeComment])[] = [
      ...comments.map((line) => [line.start, this.commentOf(line)] as const),
      ...entries.map((line) => [line.start, this.entryOf(line)] as const),
    ];
    const items = placed.sort(([a], [b]) => a - b).map(([, item]) => item);
    this.documents = [{ root: { kind: 'map', items }, stanza }];
  }

  patchStanza(fields: ReadonlyMap<string, string>): readonly DocumentEdit[] {
    return this.stanzaLines.flatMap(({ key, valueStart, end }) => {
      const text = fields.get(key.slice(flatPrefix.length));
      return text === undefined ? [] : [{ span: { start: valueStart, end }, newText: dotenvText(text) }];
    });
  }

  writeStanza(stanza: JsonObject): readonly DocumentEdit[] {
    const lines = flatten(stanza).map(([name, value]) => `${flatPrefix}${name}=${dotenvText(value)}\n`);
    const removed = this.stanzaLines.map((line) => ({ span: this.lineSpan(line), newText: '' }));
    const at = this.stanzaLines.at(-1);
    const end = at === undefined ? this.text.length : this.lineSpan(at).end;
    const lead = end > 0 && this.text[end - 1] !== '\n' ? '\n' : '';
    return [...removed, { span: { start: end, end }, newText: lead + lines.join('') }];
  }

  addEntry({ steps }: ValueAddress, value: PlainValue): readonly DocumentEdit[] | undefined {
    const [key] = steps;
    if (steps.length !== 1 || typeof key !== 'string' || !isKey(key)) return undefined;
    const at = this.stanzaLines[0]?.start ?? this.text.length;
    const lead = at > 0 && this.text[at - 1] !== '\n' ? '\n' : '';
    return [{ span: { start: at, end: at }, newText: `${lead}${key}=${dotenvText(textOf(value))}\n` }];
  }

  removeEntry({ steps }: ValueAddress): readonly DocumentEdit[] | undefined {
    const line = this.entries.find(({ key }) => key === steps[0]);
    return line === undefined || steps.length !== 1 ? undefined : [{ span: this.lineSpan(line), newText: '' }];
  }

  renameEntry({ steps }: ValueAddress, key: string): readonly DocumentEdit[] | undefined {
    const line = this.entries.find((one) => one.key === steps[0]);
    if (line === undefined || steps.length !== 1 || !isKey(key)) return undefined;
    return [{ span: { start: line.start, end: line.valueStart - 1 }, newText: key }];
  }

  private lineSpan({ start, end }: DotenvLine): Span {
    return { start, end: Math.min(end + 1, this.text.length) };
  }

  private commentOf({ start, end }: Span): TreeComment {
    const span = { start: start + 1, end };
    return { kind: 'comment', text: this.text.slice(span.start, end), write: (newText) => [{ span, newText }] };
  }

  private entryOf({ key, valueStart, end }: DotenvLine): TreeEntry {
    const span = { start: valueStart, end };
    const value = textValue(dotenvValue(this.text.slice(valueStart, end)));
    return {
      kind: 'entry',
      key,
      value: { kind: 'leaf', value, write: (newValue) => [{ span, newText: dotenvText(textOf(newValue)) }] },
    };
  }
}

const isKey = (key: string): boolean => /^[^#=\n][^=\n]*$/.test(key) && !key.startsWith(flatPrefix);
