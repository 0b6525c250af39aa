import { type MasterKey, masterKeyName, type MasterKeyType } from '../../../server/sops/master-key';

/** A key to encrypt for: its service, and the name by which SOPS tells keys of one service apart. */
export interface KeyName {
  readonly type: MasterKeyType;
  readonly name: string;
}

/** Groups of keys; with more than one, each group gets a share of the data key. */
export interface KeyGroups {
  readonly groups: readonly (readonly KeyName[])[];
  /** Groups that are needed; 0: all. Without meaning for one group. */
  readonly threshold: number;
}

export const nameOfKey = (key: MasterKey): KeyName => ({ type: key.type, name: masterKeyName(key) });

export const sameKey = (a: KeyName, b: KeyName): boolean => a.type === b.type && a.name === b.name;

/** Keys of a file that are not wanted any more, and wanted ones that it does not have, whatever their groups. */
export function compareKeys(
  before: readonly (readonly KeyName[])[],
  after: readonly (readonly KeyName[])[],
): { readonly added: readonly KeyName[]; readonly removed: readonly KeyName[] } {
  const [old, wanted] = [before.flat(), after.flat()];
  return {
    added: wanted.filter((key) => !old.some((other) => sameKey(key, other))),
    removed: old.filter((key) => !wanted.some((other) => sameKey(key, other))),
  };
}
