import { type Path } from '../../model/json';
import { type Encryption, encryptionOf, type Stanza } from '../../sops/encryption';
import { stanzaKey } from '../../sops/leaves';
import { type YamlFile } from '../../yaml/file';
import { type Report } from '../rule';

/** The stanzas of a file; none for a file that is not encrypted. */
export function stanzasOf(file: YamlFile): readonly Stanza[] {
  return encryptionOf(file)?.stanzas ?? [];
}

/** True for formats whose stanza is a map, so that paths lead into it. */
const hasPaths = (format: Encryption['format']): boolean => format !== 'dotenv' && format !== 'ini';

/** Where something in a stanza is reported: at a path of it (empty: its key), or where the stanza of a flat file begins. */
export function inStanza(file: YamlFile, { span }: Stanza, path: Path): Pick<Report, 'path' | 'part' | 'span'> {
  if (!hasPaths(encryptionOf(file)?.format ?? 'yaml')) return { span };
  return { path: [stanzaKey, ...path], part: path.length === 0 ? 'key' : 'value' };
}
