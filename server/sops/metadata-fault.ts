import { type Path } from '../model/json';

/**
 * What is wrong with a stanza. `path` leads into the stanza (empty: the stanza itself), also where something is
 * missing. SOPS refuses a file with any of them, except where {@link isTolerated} says otherwise.
 */
export type MetadataFault = { readonly path: Path } & (
  | { readonly kind: 'not-a-map' }
  /** The same flattened key twice, a value and keys below one name, or a list with gaps (dotenv and INI). */
  | { readonly kind: 'bad-flat-key'; readonly key: string }
  | { readonly kind: 'wrong-type'; readonly expected: string }
  | { readonly kind: 'missing'; readonly field: string }
  | { readonly kind: 'bad-time' }
  | { readonly kind: 'bad-version' }
  /** The MAC is written, but is no encrypted value. */
  | { readonly kind: 'bad-mac' }
  | { readonly kind: 'no-keys' }
  /** More than one of the six selections; all their names. */
  | { readonly kind: 'several-selections'; readonly fields: readonly string[] }
  /** More groups are asked for than there are. */
  | { readonly kind: 'threshold-too-high'; readonly threshold: number; readonly groups: number }
  /** More keys or groups than any real file has: the stanza is not read further. */
  | { readonly kind: 'too-large' }
);

/** True for a fault with which SOPS can still open the file by another key. */
export function isTolerated(fault: MetadataFault): boolean {
  return fault.kind === 'missing' && fault.path.length > 0;
}

const at = (path: Path): string => ['sops', ...path].join('.');

/** One sentence for the user, which quotes field names only and never a value. */
export function describeMetadataFault(fault: MetadataFault): string {
  switch (fault.kind) {
    case 'not-a-map':
      return 'The sops entry is not a map.';
    case 'bad-flat-key':
      return `The SOPS entry ${fault.key} does not fit its neighbors.`;
    case 'wrong-type':
      return `${at(fault.path)} must be ${fault.expected}.`;
    case 'missing':
      return `${at(fault.path)} has no ${fault.field}.`;
    case 'bad-time':
      return `${at(fault.path)} is not a time like 2026-01-31T12:00:00Z.`;
    case 'bad-version':
      return `${at(fault.path)} is not a version.`;
    case 'bad-mac':
      return 'The MAC in sops.mac is damaged.';
    case 'no-keys':
      return 'The sops entry names no key that could decrypt the file.';
    case 'several-selections':
      return `The sops entry has ${fault.fields.join(' and ')}, of which SOPS takes only one.`;
    case 'threshold-too-high':
      return `sops.shamir_threshold asks for ${fault.threshold} key groups, but there are ${fault.groups}.`;
    case 'too-large':
      return 'The sops entry has more keys than can be meant.';
  }
}
