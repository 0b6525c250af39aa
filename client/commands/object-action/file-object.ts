import { parseAddress, type ObjectAddress } from '../../../server/model/object-address';
import { type AddressText } from '../../../server/protocol/place';

/** An object of a file, as a lens or a hover hands it to a command: nothing in it names a context. */
export interface FileObject {
  /** URI of the repository's root. */
  readonly root: string;
  readonly address: AddressText;
}

/** What a command was given, checked: anything may call a command. */
export function fileObject(argument: unknown): (FileObject & ObjectAddress) | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { root, address } = argument as Partial<Record<keyof FileObject, unknown>>;
  if (typeof root !== 'string' || typeof address !== 'string') return undefined;
  const parsed = parseAddress(address);
  return parsed && { root, address, ...parsed };
}
