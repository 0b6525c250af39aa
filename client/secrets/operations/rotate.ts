import { randomBytes } from 'node:crypto';
import { type KeyGroups } from '../data-key/key-name';
import { type SopsBridge } from '../data-key/keyring';
import { wrapDataKey } from '../data-key/wrap';
import { type Outcome, refused } from '../fault';
import { knownValuesOf } from './known-values';
import { type OpenedFile } from './opened-file';
import { finished } from './finished';
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
    const next = withKeys(stanza, keys.value);
    return finished(sealed.value, { format, dataKey, now }, (body, fields) =>
      body.writeStanza(withFields(next, fields), undefined),
    );
  } finally {
    dataKey.fill(0);
  }
}
