import { type JsonObject, type JsonValue } from '../../../server/model/json';
import { dotenvText } from '../../../server/sops/dotenv-reader';
import { sectionStanza, stanzaSection } from '../../../server/sops/flat-stanza';
import { flatten } from '../../../server/sops/flatten';
import { type IniComment, type IniKey, type IniSection, readIni } from '../../../server/sops/ini-reader';
import { type DocumentEdit } from '../../../server/yaml/edit';
import { done, type Outcome, refused, type ValueAddress } from '../fault';
import { type PlainValue, textOf, textValue } from '../values/plain-value';
import { type TreeComment, type TreeEntry, type TreeMap } from '../values/tree';
import { type StoreFile } from './store';

/** The value as go-ini writes it, in quotes where it would read differently without. */
export function iniTextOf(text: string): string {
  if (/[\n`]/.test(text)) return `"""${text}"""`;
  if (/[#;]/.test(text)) return `\`${text}\``;
  return text.trim() === text ? text : `"${text}"`;
}

/**
 * Reads an INI file (getsops/sops stores/ini): sections of keys, all values text. Two sections of one name are read but cannot
 * be edited.
 */
export function readIniStore(text: string): Outcome<StoreFile> {
  const reading = readIni(text);
  if (reading.kind === 'fault') return refused({ kind: 'unreadable', reason: reading.reason, line: reading.line });
  const stanzas = reading.sections.filter(({ name }) => name === stanzaSection);
  const [stanza] = stanzas;
  if (stanzas.length > 1) return refused({ kind: 'unsupported', reason: 'it has several sections sops' });
  if (stanza === undefined) return done(new IniFile(text, reading.sections, undefined, undefined));
  const whole = sectionStanza(stanza);
  if (whole.kind === 'stanza') return done(new IniFile(text, reading.sections, stanza, whole.stanza));
  return refused({ kind: 'bad-metadata', faults: [{ kind: 'bad-flat-key', path: [], key: whole.name }] });
}

class IniFile implements StoreFile {
  readonly format = 'ini';
  readonly documents: StoreFile['documents'];

  constructor(
    readonly text: string,
    private readonly sections: readonly IniSection[],
    private readonly stanza: IniSection | undefined,
    stanzaValue: JsonValue | undefined,
  ) {
    const items = sections.filter((section) => section !== stanza).map(sectionEntry);
    this.documents = [{ root: { kind: 'map', items }, stanza: stanzaValue }];
  }

  patchStanza(fields: ReadonlyMap<string, string>): readonly DocumentEdit[] {
    return (this.stanza?.keys ?? []).flatMap(({ name, valueSpan }) => {
      const text = fields.get(name);
      return text === undefined ? [] : [{ span: valueSpan, newText: iniTextOf(dotenvText(text)) }];
    });
  }

  writeStanza(stanza: JsonObject): readonly DocumentEdit[] {
    const entries = flatten(stanza);
    const width = Math.max(...entries.map(([name]) => name.length));
    const lines = entries.map(([name, value]) => `${name.padEnd(width)} = ${iniTextOf(dotenvText(value))}\n`);
    const body = lines.join('');
    const last = this.stanza?.keys.at(-1);
    const first = this.stanza?.keys[0];
    if (first !== undefined && last !== undefined) {
      return [{ span: { start: first.lines.start, end: last.lines.end }, newText: body }];
    }
    const at = this.text.length;
    const lead = at === 0 ? '' : this.text.endsWith('\n') ? '\n' : '\n\n';
    return [{ span: { start: at, end: at }, newText: `${lead}[${stanzaSection}]\n${body}` }];
  }

  addEntry({ steps }: ValueAddress, value: PlainValue): readonly DocumentEdit[] | undefined {
    const [name, key] = steps;
    const section = this.sectionOf(name);
    if (section === undefined || steps.length !== 2 || typeof key !== 'string' || !isKey(key)) return undefined;
    // Nothing may come above the first heading that would take its comment.
    const at = section.end;
    const lead = at > 0 && this.text[at - 1] !== '\n' ? '\n' : '';
    const delimiter = equalsOf(this.text, section.keys.at(-1));
    return [{ span: { start: at, end: at }, newText: `${lead}${key}${delimiter}${iniTextOf(textOf(value))}\n` }];
  }

  removeEntry({ steps }: ValueAddress): readonly DocumentEdit[] | undefined {
    const key = this.keyOf(steps);
    if (key === undefined) return undefined;
    const above = (key.comment?.pieces ?? []).filter(({ start }) => start < key.lines.start);
    const start = above[0] === undefined ? key.lines.start : this.text.lastIndexOf('\n', above[0].start) + 1;
    return [{ span: { start, end: key.lines.end }, newText: '' }];
  }

  renameEntry({ steps }: ValueAddress, name: string): readonly DocumentEdit[] | undefined {
    const key = this.keyOf(steps);
    return key === undefined || !isKey(name) ? undefined : [{ span: key.nameSpan, newText: name }];
  }

  /** undefined also where two have the name. */
  private sectionOf(name: string | number | undefined): IniSection | undefined {
    const found = this.sections.filter((section) => section.name === name && section !== this.stanza);
    const written = found.filter(({ heading, keys }) => heading !== undefined || keys.length > 0);
    return (written.length === 0 ? found : written).length === 1 ? (written[0] ?? found[0]) : undefined;
  }

  private keyOf(steps: ValueAddress['steps']): IniKey | undefined {
    return steps.length === 2 ? this.sectionOf(steps[0])?.keys.find(({ name }) => name === steps[1]) : undefined;
  }
}

const isKey = (key: string): boolean => /^[^\s"`#;[=:-][^=:\n]*$/.test(key) && key.trim() === key;

const equalsOf = (text: string, key: IniKey | undefined): string =>
  key === undefined ? ' = ' : text.slice(key.nameSpan.end, key.valueSpan.start).trim() === ':' ? ' : ' : ' = ';

function sectionEntry(section: IniSection): TreeEntry {
  const items: (TreeEntry | TreeComment)[] = section.comment === undefined ? [] : [commentNode(section.comment)];
  for (const { name, value, valueSpan, comment } of section.keys) {
    const write = (newValue: PlainValue): readonly DocumentEdit[] => [
      { span: valueSpan, newText: (valueSpan.start === valueSpan.end ? ' ' : '') + iniTextOf(textOf(newValue)) },
    ];
    items.push({ kind: 'entry', key: name, value: { kind: 'leaf', value: textValue(value), write } });
    // SOPS puts the comment of a key behind it.
    if (comment !== undefined) items.push(commentNode(comment));
  }
  const value: TreeMap = { kind: 'map', items };
  return { kind: 'entry', key: section.name, value };
}

/** The first piece takes the new text, further ones go. */
function commentNode({ text, pieces }: IniComment): TreeComment {
  const write = (newText: string): readonly DocumentEdit[] =>
    pieces.map((span, index) => ({ span, newText: index === 0 ? `; ${newText}` : '' }));
  return { kind: 'comment', text, write };
}
