import { randomBytes } from 'node:crypto';
import { applyEdits } from '../../../server/yaml/edit';
import { type JsonObject } from '../../../server/model/json';
import { defaultSelection, type Selection, selectorOf } from '../../../server/sops/selection';
import { type StoreFormat } from '../../../server/sops/store-format';
import { type KeyGroups } from '../data-key/key-name';
import { type SopsBridge } from '../data-key/keyring';
import { wrapDataKey } from '../data-key/wrap';
import { type Outcome, refused, type SecretsFault, type ValueAddress } from '../fault';
import { binaryEnvelope, binaryKey } from '../stores/binary-store';
import { readStoreFile } from '../stores/read-file';
import { type StoreFile } from '../stores/store';
import { type PlainValue } from '../values/plain-value';
import { walk } from '../values/walk';
import { type OpenedFile } from './opened-file';
import { finished, samePlain } from './finished';
import { seal } from './seal';
import { newStanza, withFields, withKeys } from './stanza';

/** What a creation rule says about a new file. */
export interface EncryptionRule extends KeyGroups {
  /** undefined: what holds when a rule says nothing. */
  readonly selection?: Selection;
  readonly isMacOnlyEncrypted?: boolean;
  /** Columns of one level, from `stores` of `.sops.yaml`; -1 is a tab in JSON. */
  readonly indent?: number;
}

/**
 * Encrypts a plain file by its rule, under a new data key. The layout of the text stays: values are replaced in their places and
 * the stanza is added.
 * @param content bytes for a binary file, which has no text
 * @param now RFC 3339 in UTC, in whole seconds
 */
export async function encryptFile(
  content: string | Uint8Array,
  format: StoreFormat,
  rule: EncryptionRule,
  bridge: SopsBridge | undefined,
  now: string,
): Promise<Outcome<OpenedFile>> {
  const file = plainFile(content, format, rule.indent);
  if (!file.ok) return file;
  const { documents } = file.value;
  if (documents.some(({ stanza }) => stanza !== undefined)) return refused({ kind: 'already-encrypted' });
  if (format === 'yaml' && file.value.text.trim() === '') return refused({ kind: 'empty' });
  const selection = rule.selection ?? defaultSelection;
  const selector = selectorOf(selection);
  if (selector === undefined) return refused({ kind: 'unknown-pattern', field: selection.by });
  if (format === 'binary' && !selector.isEncrypted([binaryKey], [[]], false)) {
    return refused({ kind: 'unsupported', reason: 'its rule would leave all of a binary file in clear' });
  }
  const dataKey = randomBytes(32);
  const isMacOnlyEncrypted = rule.isMacOnlyEncrypted ?? false;
  try {
    const keys = await wrapDataKey(dataKey, rule, bridge);
    if (!keys.ok) return keys;
    const stanza = withKeys(newStanza(selection, isMacOnlyEncrypted), keys.value);
    const body = format === 'yaml' ? withStanza(file.value, withFields(stanza, unsealedFields(now)), rule) : file;
    if (!body.ok) return refused({ kind: 'not-verified' });
    const sealed = seal(body.value, {
      selector,
      dataKey,
      isMacOnlyEncrypted,
      known: new Map(),
      keepsCiphertext: true,
      sealsComments: true,
      mayExpose: false,
    });
    if (!sealed.ok) return sealed.fault.kind === 'would-expose' ? refused(governsElsewhere(sealed.fault.at)) : sealed;
    if (!samePlain(plainValues(file.value), sealed.value.values)) return refused({ kind: 'not-verified' });
    return finished(sealed.value, { format, dataKey, now }, (sealedBody, fields) =>
      sealedBody.writeStanza(withFields(stanza, fields), rule.indent),
    );
  } finally {
    dataKey.fill(0);
  }
}

/** Comments of YAML above a stanza belong elsewhere than those at the end of a file, so it is there before anything is sealed. */
function withStanza(file: StoreFile, stanza: JsonObject, { indent }: EncryptionRule): Outcome<StoreFile> {
  return readStoreFile(applyEdits(file.text, file.writeStanza(stanza, indent)), file.format);
}

function plainValues(file: StoreFile): PlainValue[] {
  const values: PlainValue[] = [];
  for (const { root } of file.documents) {
    walk(root, ({ node }) => {
      if (node.kind === 'leaf') values.push(node.value);
    });
  }
  return values;
}

const unsealedFields = (now: string): ReadonlyMap<string, string> =>
  new Map([
    ['lastmodified', now],
    ['mac', ''],
  ]);

/** What its rule encrypts while it has several lines, and not once it has one. */
const governsElsewhere = (at: ValueAddress): SecretsFault => ({
  kind: 'unsupported',
  reason: 'which comment stands above it changes when it is encrypted. Put that comment right above it',
  at,
});

function plainFile(content: string | Uint8Array, format: StoreFormat, indent: number | undefined): Outcome<StoreFile> {
  if (format === 'binary') {
    return binaryEnvelope(typeof content === 'string' ? Buffer.from(content, 'utf8') : content, indent);
  }
  if (typeof content === 'string') return readStoreFile(content, format);
  try {
    return readStoreFile(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content), format);
  } catch {
    return refused({ kind: 'unreadable', reason: 'it is not UTF-8' });
  }
}
