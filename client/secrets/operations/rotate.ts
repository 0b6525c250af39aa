import { randomBytes } from 'node:crypto';
import { applyEdits } from '../../../server/yaml/edit';
import { type KeyGroups } from '../data-key/key-name';
import { type SopsBridge } from '../data-key/keyring';
import { wrapDataKey } from '../data-key/wrap';
import { type Outcome, refused } from '../fault';
import { readStoreFile } from '../stores/read-file';
import { sealChecksum } from '../values/checksum';
import { knownValuesOf } from './known-values';
import { type OpenedFile } from './opened-file';
import { verified } from './save';
import { seal } from './seal';
import { withFields, withKeys } from './stanza';

/**
 * Encrypts all values anew under a new data key (`sops rotate`), for the given keys. Who had the old data key can still read old
 * revisions, and the values themselves are the same.
 * @param now RFC 3339 in UTC, in whole seconds
 */
export async function rotateDataKey(
  opened: OpenedFile,
  wanted: KeyGroups,
  bridge: SopsBridge | undefined,
  now: string,
): Promise<Outcome<OpenedFile>> {
  if (!opened.isVerified) return refused({ kind: 'wrong-mac' });
  const { selector, metadata, format, stanza } = opened;
  const dataKey = randomBytes(32);
  try {
    const keys = await wrapDataKey(dataKey, wanted, bridge);
    if (!keys.ok) return keys;
    const sealed = seal(opened.file, {
      selector,
      dataKey,
      isMacOnlyEncrypted: metadata.isMacOnlyEncrypted,
      known: knownValuesOf(opened.tree),
      keepsCiphertext: false,
      sealsComments: false,
      mayExpose: false,
    });
    if (!sealed.ok) return sealed;
    const body = readStoreFile(sealed.value.text, format);
    if (!body.ok) return refused({ kind: 'not-verified' });
    const fields = new Map([
      ['lastmodified', now],
      ['mac', sealChecksum(sealed.value.checksum, dataKey, now)],
    ]);
    const next = withFields(withKeys(stanza, keys.value), fields);
    const text = applyEdits(body.value.text, body.value.writeStanza(next, undefined));
    return verified(text, format, dataKey, sealed.value.values);
  } finally {
    dataKey.fill(0);
  }
}
