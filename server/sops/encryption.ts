import { type FilePath } from '../model/file-path';
import { isObject, type JsonValue } from '../model/json';
import { type Span } from '../model/text';
import { type PlacedDocument, type YamlDocument } from '../yaml/document';
import { type YamlFile } from '../yaml/file';
import { keyNodeAt, nodeAt } from '../yaml/locate';
import { valueOf } from '../yaml/scalar';
import { readFlatStanza } from './flat-stanza';
import { stanzaKey } from './leaves';
import { readMetadata, type MetadataReading } from './metadata';
import { type StoreFormat, storeFormatOf } from './store-format';

/** A stanza of a file. */
export interface Stanza {
  readonly reading: MetadataReading;
  /** Index of the document that it belongs to. */
  readonly document: number;
  /** Its key, in the text of that document. */
  readonly span: Span;
}

/** How a file is encrypted. */
export interface Encryption {
  /** By the name, as SOPS takes it. */
  readonly format: StoreFormat;
  /** One for each document that has one; every document of a YAML file that SOPS wrote does. */
  readonly stanzas: readonly [Stanza, ...Stanza[]];
}

/** Fields by which a map is told to be a stanza; one that other programs use is `version`. */
const telling = new Set([
  ...['mac', 'lastmodified', 'age', 'pgp', 'kms', 'gcp_kms', 'hckms', 'azure_kv', 'hc_vault', 'key_groups'],
  ...['encrypted_regex', 'unencrypted_regex', 'encrypted_suffix', 'unencrypted_suffix', 'mac_only_encrypted'],
]);

const readings = new WeakMap<YamlDocument, MetadataReading | 'none'>();

/**
 * The stanza of one YAML or JSON document. undefined where there is none: the document has no map `sops`, or the
 * map has no field of SOPS and the document is no Kubernetes object, so that it may be anybody's.
 */
export function stanzaOf(document: YamlDocument): MetadataReading | undefined {
  let reading = readings.get(document);
  if (reading === undefined) readings.set(document, (reading = readStanza(document)));
  return reading === 'none' ? undefined : reading;
}

function readStanza(document: YamlDocument): MetadataReading | 'none' {
  if (!document.text.includes(stanzaKey) || document.root?.kind !== 'map') return 'none';
  const root = valueOf(document, document.root);
  const stanza: JsonValue | undefined = isObject(root) ? root.get(stanzaKey) : undefined;
  if (!isObject(root) || !isObject(stanza)) return 'none';
  const isObjectOfKubernetes = root.has('apiVersion') && root.has('kind');
  if (stanza.size === 0 || (!isObjectOfKubernetes && ![...stanza.keys()].some((field) => telling.has(field)))) {
    return 'none';
  }
  return readMetadata(stanza);
}

/** How a file is encrypted; undefined for one that is not. Never throws, and needs no key. */
export function encryptionOf(file: YamlFile): Encryption | undefined {
  const format = storeFormatOf(file.path);
  const [first, ...rest] = format === 'dotenv' || format === 'ini' ? flat(file, format) : structured(file, format);
  return first === undefined ? undefined : { format, stanzas: [first, ...rest] };
}

function structured({ documents, text }: YamlFile, format: StoreFormat): Stanza[] {
  // A binary file is an envelope of JSON; anything else under such a name is nothing that SOPS reads.
  if (format !== 'yaml' && !/^\s*\{/.test(text)) return [];
  return documents.flatMap((placed: PlacedDocument, index) => {
    const { document } = placed;
    const reading = stanzaOf(document);
    const node = keyNodeAt(document, [stanzaKey]) ?? nodeAt(document, [stanzaKey]);
    if (reading === undefined || node === undefined) return [];
    return [{ reading, document: index, span: { start: node.start, end: node.end } }];
  });
}

function flat(file: YamlFile, format: 'dotenv' | 'ini'): Stanza[] {
  const found = readFlatStanza(file.text, format);
  if (found === undefined) return [];
  const index = file.documents.findLastIndex(({ offset }) => offset <= found.span.start);
  const from = file.documents[index]?.offset ?? 0;
  const span = { start: found.span.start - from, end: found.span.end - from };
  return [{ reading: found.reading, document: Math.max(0, index), span }];
}

/** True for text that SOPS wrote, by the marks that kustomize-controller looks for (internal/decryptor). */
export function hasSopsMarks(text: string): boolean {
  return /"mac": ?"ENC\[|sops_mac=ENC\[|\bmac: ENC\[/.test(text) || (text.includes('[sops]') && text.includes('ENC['));
}

/** The same by the name of the file, for a text that was not opened as YAML. */
export function formatByMarks(path: FilePath, text: string): StoreFormat | undefined {
  if (/"mac": ?"ENC\[/.test(text)) return isEnvelope(text) && !path.endsWith('.json') ? 'binary' : 'json';
  if (text.includes('sops_mac=ENC[')) return 'dotenv';
  if (text.includes('[sops]') && text.includes('ENC[')) return 'ini';
  return /\bmac: ENC\[/.test(text) ? 'yaml' : undefined;
}

/** A binary file has the one value `data` beside its stanza. */
const isEnvelope = (text: string): boolean => /^\s*\{\s*"data": ?"ENC\[[^"]*",\s*"sops":/.test(text);
