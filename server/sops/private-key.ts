import { readBech32 } from '../scalars/bech32';
import { type Span } from '../model/text';

/** A private key that stands in a text. Nothing of the key itself is kept. */
export interface PrivateKey extends Span {
  readonly kind: 'age' | 'openpgp' | 'ssh' | 'pem' | 'putty';
  /** It is encrypted with a passphrase, by its own words. */
  readonly isLocked: boolean;
}

/** What is longer is looked at up to here. */
const mostCharacters = 1_000_000;
const mostKeys = 20;
const mostMarkers = 500;
/** A body shorter than this is a placeholder. */
const leastBody = 48;
/** How far a body is looked for. */
const bodyReach = 4000;

const markers = ['PRIVATE KEY', 'AGE-SECRET-KEY-', 'PuTTY-User-Key-File-', 'LS0tLS1CRUdJTi'] as const;

/** True when a text may hold a private key; cheap, for whoever has many texts. */
export function mayHoldPrivateKey(text: string): boolean {
  return markers.some((marker) => text.includes(marker));
}

/**
 * Private keys in a text, by place: age identities with a right checksum, OpenPGP, OpenSSH and PEM blocks with a body, the
 * same in base64, and PuTTY's format. Bounded in text and number; a block without a body is a placeholder and none.
 */
export function findPrivateKeys(whole: string): PrivateKey[] {
  const text = whole.length > mostCharacters ? whole.slice(0, mostCharacters) : whole;
  const found = [...ageIdentities(text), ...blocks(text), ...encodedBlocks(text), ...puttyKeys(text)];
  return found.sort((a, b) => a.start - b.start).slice(0, mostKeys);
}

function* places(text: string, marker: string): Iterable<number> {
  let left = mostMarkers;
  for (let at = text.indexOf(marker); at >= 0 && left-- > 0; at = text.indexOf(marker, at + marker.length)) yield at;
}

function* ageIdentities(text: string): Iterable<PrivateKey> {
  for (const start of places(text, 'AGE-SECRET-KEY-')) {
    const [word = ''] = /^[A-Z0-9-]{1,200}/.exec(text.slice(start, start + 200)) ?? [];
    const read = readBech32(word);
    if (read !== undefined && read.byteLength === 32) {
      yield { kind: 'age', isLocked: false, start, end: start + word.length };
    }
  }
}

const header = /-----BEGIN (PGP PRIVATE KEY BLOCK|(?:[A-Z0-9]+ ){0,3}PRIVATE KEY)-----/y;

function* blocks(text: string): Iterable<PrivateKey> {
  for (const start of places(text, '-----BEGIN ')) {
    header.lastIndex = start;
    const match = header.exec(text);
    if (match === null) continue;
    const end = start + match[0].length;
    const body = bodyAfter(text, end);
    if (body === undefined) continue;
    const name = match[1] ?? '';
    const kind = name.startsWith('PGP') ? 'openpgp' : name.startsWith('OPENSSH') ? 'ssh' : 'pem';
    const isLocked = name.startsWith('ENCRYPTED') || body.isLocked;
    yield { kind, isLocked, start, end };
  }
}

/** The lines behind a header, however they are indented or escaped; undefined where there is nothing like a key. */
function bodyAfter(text: string, from: number): { readonly isLocked: boolean } | undefined {
  const lines = text
    .slice(from, from + bodyReach)
    .replaceAll('\\n', '\n')
    .replaceAll('\\r', '')
    .split('\n')
    .map((line) => line.replace(/^[\s"'>|*]+|[\s"',\\]+$/g, ''));
  let length = 0;
  let isLocked = false;
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('-----')) break;
    if (/^[A-Za-z][A-Za-z0-9-]*: /.test(line)) isLocked ||= line.includes('ENCRYPTED');
    else if (/^[A-Za-z0-9+/=]*$/.test(line)) length += line.length;
    else if (index > 0 || line !== '') return undefined;
  }
  return length >= leastBody ? { isLocked } : undefined;
}

const encoded = /[A-Za-z0-9+/]{60,120}/y;

/** `-----BEGIN ` in base64, as the `data` of a Secret and kubeconfigs have it. */
function* encodedBlocks(text: string): Iterable<PrivateKey> {
  for (const start of places(text, 'LS0tLS1CRUdJTi')) {
    encoded.lastIndex = start;
    const piece = encoded.exec(text)?.[0];
    if (piece === undefined) continue;
    const label = /^-----BEGIN ([A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?)-----/.exec(
      Buffer.from(piece, 'base64').toString('latin1'),
    )?.[1];
    if (label === undefined) continue;
    const kind = label.startsWith('PGP') ? 'openpgp' : label.startsWith('OPENSSH') ? 'ssh' : 'pem';
    yield { kind, isLocked: label.startsWith('ENCRYPTED'), start, end: start + 'LS0tLS1CRUdJTi'.length };
  }
}

function* puttyKeys(text: string): Iterable<PrivateKey> {
  for (const start of places(text, 'PuTTY-User-Key-File-')) {
    const part = text.slice(start, start + bodyReach);
    if (!/\n[ \t]*Private-Lines: [1-9]/.test(part)) continue;
    const isLocked = !/\n[ \t]*Encryption: none/.test(part);
    yield { kind: 'putty', isLocked, start, end: start + part.search(/[:\r\n]|$/) };
  }
}

/** What a key is called in a sentence, with its article. */
export function nameOfPrivateKey(kind: PrivateKey['kind']): string {
  switch (kind) {
    case 'age':
      return 'an age private key';
    case 'openpgp':
      return 'an OpenPGP private key';
    case 'ssh':
      return 'an SSH private key';
    case 'pem':
      return 'a private key';
    case 'putty':
      return 'a PuTTY private key';
  }
}
