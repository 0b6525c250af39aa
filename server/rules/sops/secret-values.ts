import { isObject, type JsonValue, type Path } from '../../model/json';
import { looksEncrypted } from '../../sops/encrypted-value';
import { stanzaKey } from '../../sops/leaves';
import { type YamlDocument } from '../../yaml/document';
import { valueOf } from '../../yaml/scalar';
import { type DeclaredObject, declaredObjects } from '../declared-objects';

/** A value of a Secret that everybody can read. */
export interface PlainValue {
  readonly field: 'data' | 'stringData';
  readonly key: string;
  /** From the document root. */
  readonly path: Path;
}

/** A Secret and what of it is plain; never empty. */
export interface PlainSecret {
  readonly object: DeclaredObject;
  readonly values: readonly [PlainValue, ...PlainValue[]];
}

const standsForNothing =
  /^(|-+|\*+|\.+|x{3,}|<.*>|\[.*\]|todo.*|fixme.*|(your|my|some|the)[-_ ].*|(please[-_ ]?)?(change|replace|fill|set|insert|enter|update)([-_ ]?(me|this|it|in|here))?|(place[-_ ]?holder|dummy|example|redacted|masked|none|null|empty|changeit)s?)$/i;

/** What asks for a value is short. */
const longestPlaceholder = 1000;

/** True for text that stands for a value: a variable, a template, or words that ask for one. */
export function isPlaceholder(text: string): boolean {
  if (text.length > longestPlaceholder) return false;
  const rest = text.replace(/\$\{[^}]*\}|\$\([^)]*\)|\{\{.*?\}\}|<path:.*?>|ref\+\S+/gs, '').trim();
  if (rest !== text.trim() && !/[A-Za-z0-9]/.test(rest)) return true;
  return standsForNothing.test(rest);
}

/** What a value of `data` says; the text itself where it is no base64, which the API server refuses. */
export function decoded(field: PlainValue['field'], text: string): string {
  const flat = text.replace(/\s+/g, '');
  const isBase64 = field === 'data' && /^[A-Za-z0-9+/]*={0,2}$/.test(flat) && flat.length % 4 === 0;
  return isBase64 ? Buffer.from(flat, 'base64').toString('utf8') : text;
}

const known = new WeakMap<YamlDocument, readonly PlainSecret[]>();

/** Secrets of a document with values that are neither encrypted nor placeholders. A document with a stanza has none. */
export function plainSecrets(document: YamlDocument): readonly PlainSecret[] {
  if (!document.text.includes('Secret')) return [];
  let found = known.get(document);
  if (found === undefined) known.set(document, (found = find(document)));
  return found;
}

function find(document: YamlDocument): PlainSecret[] {
  const root = valueOf(document, document.root);
  if (isObject(root) && root.has(stanzaKey)) return [];
  return declaredObjects({ document, role: 'object' }).flatMap((object): PlainSecret[] => {
    if (object.apiVersion !== 'v1' || object.kind !== 'Secret' || object.value.has(stanzaKey)) return [];
    const [first, ...rest] = [...plainValues(object, 'stringData'), ...plainValues(object, 'data')];
    return first === undefined ? [] : [{ object, values: [first, ...rest] }];
  });
}

function* plainValues(object: DeclaredObject, field: PlainValue['field']): Iterable<PlainValue> {
  const values = object.value.get(field);
  if (!isObject(values)) return;
  for (const [key, value] of values) {
    if (isPlain(field, value)) yield { field, key, path: [...object.at, field, key] };
  }
}

function isPlain(field: PlainValue['field'], value: JsonValue): boolean {
  if (typeof value !== 'string' || looksEncrypted(value)) return false;
  // A file that a tool encrypted as a whole, such as one that a generator took in.
  const text = decoded(field, value);
  return !text.includes('ENC[AES256_GCM,') && !text.startsWith('-----BEGIN AGE ENCRYPTED FILE') && !isPlaceholder(text);
}
