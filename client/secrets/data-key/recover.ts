import { type JsonObject } from '../../../server/model/json';
import { type MasterKey } from '../../../server/sops/master-key';
import { type SopsMetadata } from '../../../server/sops/metadata';
import { done, type Outcome, refused } from '../fault';
import { combineShares } from '../shamir/shares';
import { type KeyAccess } from './keyring';

const dataKeyBytes = 32;

/** Order in which SOPS tries the keys of a group: what asks no service first. */
const order: readonly MasterKey['type'][] = ['age', 'pgp'];

/** True when the stanza has a key that is not for age itself: of another service, or of a plug-in. */
export function needsProgram(key: MasterKey): boolean {
  return key.type !== 'age' || /^age1[a-z0-9-]+1/.test(key.recipient.replace(/^age1(?:pq1|tag1|tagpq1)/, 'age'));
}

/**
 * The data key of a stanza (getsops/sops `GetDataKeyWithKeyServices`): from one key, or from the shares of as many groups as it
 * asks for. The user's own keys come first; the sops program is asked only where they do not do.
 */
export async function recoverDataKey(
  { keyGroups, shamirThreshold }: SopsMetadata,
  stanza: JsonObject,
  { keyring, bridge }: KeyAccess,
): Promise<Outcome<Uint8Array>> {
  const shares: Uint8Array[] = [];
  for (const group of keyGroups) {
    const share = await unwrapGroup(group, keyring);
    if (share !== undefined) shares.push(share);
  }
  const own = combine(shares, keyGroups.length, shamirThreshold);
  if (own !== undefined) return done(own);
  const attempts = [...keyring.attempts()];
  if (keyGroups.flat().some(needsProgram)) {
    if (bridge !== undefined) return bridge.unwrap(stanza);
    attempts.push({ place: 'the sops program', outcome: 'not run, since this workspace is not trusted' });
  }
  if (keyGroups.length > 1) {
    const needed = Math.max(shamirThreshold, 2);
    attempts.push({ place: 'key groups', outcome: `${shares.length} of ${needed} needed groups opened` });
  }
  return refused({ kind: 'no-key', attempts });
}

async function unwrapGroup(
  group: readonly MasterKey[],
  keyring: KeyAccess['keyring'],
): Promise<Uint8Array | undefined> {
  const rank = ({ type }: MasterKey): number => (order.includes(type) ? order.indexOf(type) : order.length);
  for (const key of [...group].sort((a, b) => rank(a) - rank(b))) {
    const share = await keyring.unwrap(key);
    if (share !== undefined) return share;
  }
  return undefined;
}

function combine(shares: readonly Uint8Array[], groups: number, threshold: number): Uint8Array | undefined {
  if (groups <= 1) return shares[0]?.length === dataKeyBytes ? shares[0] : undefined;
  if (shares.length < threshold) return undefined;
  const key = combineShares(shares);
  for (const share of shares) share.fill(0);
  return key?.length === dataKeyBytes ? key : undefined;
}
