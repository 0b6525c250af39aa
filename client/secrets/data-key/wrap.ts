import { type JsonObject, type JsonValue } from '../../../server/model/json';
import { type MasterKey } from '../../../server/sops/master-key';
import { wrapForRecipient } from '../age/wrap-key';
import { done, type Outcome, refused } from '../fault';
import { splitSecret } from '../shamir/shares';
import { type KeyGroups, type KeyName, nameOfKey, sameKey } from './key-name';
import { type SopsBridge } from './keyring';

/**
 * The key fields of a stanza for a data key (getsops/sops `UpdateMasterKeysWithKeyServices`).
 * @param kept keys of one group whose ciphertext of the same data key stays as it is
 */
export async function wrapDataKey(
  dataKey: Uint8Array,
  wanted: KeyGroups,
  bridge: SopsBridge | undefined,
  kept: readonly MasterKey[] = [],
): Promise<Outcome<JsonObject>> {
  const { groups } = wanted;
  if (groups.length === 0 || groups.some((group) => group.length === 0)) return refused({ kind: 'no-recipients' });
  if (groups.flat().some((key) => key.type !== 'age' || isPlugin(key))) {
    if (bridge !== undefined) return bridge.wrap(dataKey, wanted);
    return refused({ kind: 'program', reason: 'programs are not run here, since the workspace is not trusted' });
  }
  if (groups.length === 1) {
    const keys = await wrapGroup(dataKey, groups[0] ?? [], kept);
    return keys.ok ? done(new Map([['age', keys.value]])) : keys;
  }
  const threshold = wanted.threshold === 0 ? groups.length : wanted.threshold;
  if (threshold < 2 || threshold > groups.length || groups.length > 255) {
    return refused({
      kind: 'unsupported',
      reason: `its shamir_threshold ${threshold} does not fit ${groups.length} key groups`,
    });
  }
  const written: JsonValue[] = [];
  const shares = splitSecret(dataKey, groups.length, threshold);
  for (const [index, group] of groups.entries()) {
    const keys = await wrapGroup(shares[index] ?? new Uint8Array(), group, []);
    if (!keys.ok) return keys;
    written.push(new Map([['age', keys.value]]));
  }
  for (const share of shares) share.fill(0);
  return done(
    new Map<string, JsonValue>([
      ['key_groups', written],
      ['shamir_threshold', threshold],
    ]),
  );
}

async function wrapGroup(
  share: Uint8Array,
  group: readonly KeyName[],
  kept: readonly MasterKey[],
): Promise<Outcome<readonly JsonValue[]>> {
  const keys: JsonValue[] = [];
  for (const key of group) {
    const old = kept.find((one) => sameKey(nameOfKey(one), key));
    const encrypted = old === undefined ? await wrapForRecipient(share, key.name) : done(old.encryptedDataKey);
    if (!encrypted.ok) return encrypted;
    keys.push(
      new Map([
        ['enc', encrypted.value],
        ['recipient', key.name],
      ]),
    );
  }
  return done(keys);
}

/** `age1yubikey1…`: names a program between two ones. */
function isPlugin({ name }: KeyName): boolean {
  return /^age1[a-z0-9-]+1/.test(name) && !/^age1(?:pq|tag|tagpq)1/.test(name);
}
