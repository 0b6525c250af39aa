import { createHash } from 'node:crypto';
import { type LocalFiles } from '../ports';
import { type DataOrFile } from './kubeconfig';

/**
 * SHA-256, in hexadecimal, of the certificate authority of a cluster; empty where the kubeconfig names none. A file that
 * cannot be read counts by its path, so that it is another authority than the one it held.
 */
export async function authorityHash(authority: DataOrFile, files: Pick<LocalFiles, 'read'>): Promise<string> {
  const { data, file } = authority;
  if (data === undefined && file === undefined) return '';
  const read = data === undefined && file !== undefined ? await files.read(file) : undefined;
  const text = read?.kind === 'text' ? read.text : (data ?? `unread ${file ?? ''}`);
  return createHash('sha256').update(text.trim()).digest('hex');
}
