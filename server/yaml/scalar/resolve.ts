import { type YamlScalar } from '../node';
import { readFloat, readInteger } from './number';
import { readTimestamp } from './timestamp';

/**
 * Who reads the document. `go-yaml-v3`: every object (kustomize's kyaml, the API machinery of Flux).
 * `kustomization`: kustomization files, which sigs.k8s.io/yaml reads with the YAML 1.1 booleans of go-yaml v2.
 */
export type Dialect = 'go-yaml-v3' | 'kustomization';

/** What a scalar means. `value` is what it becomes in JSON. */
export type ResolvedScalar = (
  | { readonly kind: 'null'; readonly value: null }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string' | 'timestamp' | 'binary' | 'merge'; readonly value: string }
) & {
  /** A tag Go does not know (`!secret`); the value is then the plain text. */
  readonly foreignTag?: string;
  /** True when the tag and the text do not fit (`!!int abc`): Go refuses the document. */
  readonly isMismatch?: true;
};

const words: ReadonlyMap<string, ResolvedScalar> = new Map<string, ResolvedScalar>([
  ...['true', 'True', 'TRUE'].map((word) => [word, { kind: 'bool', value: true }] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, { kind: 'bool', value: false }] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { kind: 'null', value: null }] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, { kind: 'float', value: Number.NaN }] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (word) => [word, { kind: 'float', value: Number.POSITIVE_INFINITY }] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, { kind: 'float', value: Number.NEGATIVE_INFINITY }] as const),
  ['<<', { kind: 'merge', value: '<<' }],
]);

/** Booleans of YAML 1.1 that go-yaml v2 still has. */
const oldWords: ReadonlyMap<string, ResolvedScalar> = new Map<string, ResolvedScalar>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, { kind: 'bool', value: true }] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, { kind: 'bool', value: false }] as const),
]);

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const tagKinds: ReadonlyMap<string, ResolvedScalar['kind']> = new Map([
  ['!!null', 'null'],
  ['!!bool', 'bool'],
  ['!!int', 'int'],
  ['!!float', 'float'],
  ['!!str', 'string'],
  ['!!timestamp', 'timestamp'],
  ['!!binary', 'binary'],
]);

const asString = (value: string): ResolvedScalar => ({ kind: 'string', value });

/** A character that a number, a word of the tables or a time may start with. */
function mayMeanMore(first: number, length: number): boolean {
  if (first >= 48 && first <= 57) return true;
  return first === 43 || first === 45 || first === 46 || length <= 5;
}

function resolvePlain(text: string, dialect: Dialect, seeksTime: boolean): ResolvedScalar {
  const first = text === '' ? 0 : text.charCodeAt(0);
  if (!mayMeanMore(first, text.length)) return asString(text);
  const word = words.get(text) ?? (dialect === 'kustomization' ? oldWords.get(text) : undefined);
  if (word !== undefined) return word;
  const isDigit = first >= 48 && first <= 57;
  if (first === 46) {
    // Go's own float reader, which goes without the removal below, takes underscores between digits.
    const value = readFloat(text.replace(/(\d)_(?=\d)/g, '$1'));
    return value === undefined ? asString(text) : { kind: 'float', value };
  }
  if (!isDigit && first !== 43 && first !== 45) return asString(text);
  const time = seeksTime && isDigit ? readTimestamp(text) : undefined;
  if (time !== undefined) return { kind: 'timestamp', value: dialect === 'kustomization' ? text : time };
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const int = readInteger(plain, dialect === 'go-yaml-v3');
  if (int !== undefined) return { kind: 'int', value: int };
  const value = readFloat(plain);
  return value === undefined ? asString(text) : { kind: 'float', value };
}

function resolveBinary(text: string): ResolvedScalar {
  const packed = text.replace(/[\r\n]/g, '');
  if (!base64.test(packed)) return { ...asString(text), isMismatch: true };
  const bytes = Buffer.from(packed, 'base64');
  return { kind: 'binary', value: bytes.toString('utf8') };
}

function resolveTagged(node: YamlScalar, tag: string, dialect: Dialect): ResolvedScalar {
  const kind = tagKinds.get(tag);
  if (kind === undefined) return { ...asString(node.text), foreignTag: tag };
  if (kind === 'string') return asString(node.text);
  if (kind === 'binary') return resolveBinary(node.text);
  const found = resolvePlain(node.text, dialect, kind === 'timestamp');
  if (found.kind === kind) return found;
  if (kind === 'float' && found.kind === 'int') return { kind: 'float', value: Number(found.value) };
  return { ...asString(node.text), isMismatch: true };
}

/** What a scalar means to the reader of its document. The one place where scalars are resolved. */
export function resolveScalar(node: YamlScalar, dialect: Dialect = 'go-yaml-v3'): ResolvedScalar {
  if (node.tag !== undefined && node.tag !== '!') return resolveTagged(node, node.tag, dialect);
  // The lone `!` makes a string in go-yaml v2 only.
  if (node.style !== 'plain' || (node.tag === '!' && dialect === 'kustomization')) return asString(node.text);
  return resolvePlain(node.text, dialect, true);
}
