import { type KeyGroups, nameOfKey } from '../data-key/key-name';
import { type EncryptedFile } from './opened-file';

/** The keys that a file is encrypted for now. */
export function keysOfFile({ metadata: { keyGroups, shamirThreshold } }: EncryptedFile): KeyGroups {
  return { groups: keyGroups.map((group) => group.map(nameOfKey)), threshold: shamirThreshold };
}
