import { type JsonObject } from '../../../server/model/json';
import { type MasterKey } from '../../../server/sops/master-key';
import { type KeyAttempt, type Outcome } from '../fault';
import { type KeyGroups } from './key-name';

/** The user's keys, wherever they are. */
export interface Keyring {
  /** The data key or share that a key of a stanza holds; undefined when it is not the user's. Never throws. */
  unwrap(key: MasterKey): Promise<Uint8Array | undefined>;
  /** Where keys were looked for until now, and what was found there. */
  attempts(): readonly KeyAttempt[];
}

/** The user's sops program, for keys that only it can use. */
export interface SopsBridge {
  /** The data key of a stanza. */
  unwrap(stanza: JsonObject): Promise<Outcome<Uint8Array>>;
  /** The key fields of a stanza (`pgp`, `key_groups` …) for a data key. */
  wrap(dataKey: Uint8Array, wanted: KeyGroups): Promise<Outcome<JsonObject>>;
}

/** What operations need of the world; no bridge where no program may be run. */
export interface KeyAccess {
  readonly keyring: Keyring;
  readonly bridge: SopsBridge | undefined;
}
