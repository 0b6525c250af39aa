import { type ValueAddress } from '../fault';
import { type OpenValue } from '../values/decrypt-tree';
import { equalPlain, type PlainType } from '../values/plain-value';
import { type OpenedFile } from './opened-file';

/** How one key differs between two revisions. Values are compared, never given. */
export interface KeyDifference {
  readonly at: ValueAddress;
  readonly change: 'added' | 'removed' | 'changed' | 'same';
  /** undefined where the key is not there. */
  readonly before: MaskedValue | undefined;
  readonly after: MaskedValue | undefined;
}

export interface MaskedValue {
  readonly type: PlainType;
  readonly isEncrypted: boolean;
}

/** Compares two revisions key by key, in the order of the newer one; keys that are gone come last. */
export function compareFiles(before: OpenedFile, after: OpenedFile): readonly KeyDifference[] {
  const keyOf = ({ at }: OpenValue): string => JSON.stringify([at.document, ...at.steps]);
  const old = new Map(before.tree.values.map((value) => [keyOf(value), value] as const));
  const differences = after.tree.values.map((value): KeyDifference => {
    const previous = old.get(keyOf(value));
    old.delete(keyOf(value));
    const change = previous === undefined ? 'added' : equalPlain(previous.value, value.value) ? 'same' : 'changed';
    return { at: value.at, change, before: previous && mask(previous), after: mask(value) };
  });
  const removed = [...old.values()].map((value): KeyDifference => ({
    at: value.at,
    change: 'removed',
    before: mask(value),
    after: undefined,
  }));
  return [...differences, ...removed];
}

const mask = ({ value, isEncrypted }: OpenValue): MaskedValue => ({ type: value.type, isEncrypted });
