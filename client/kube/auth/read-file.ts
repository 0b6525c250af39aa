import { fail } from '../failure';
import { type DataOrFile } from '../kubeconfig/kubeconfig';
import { type LocalFiles } from '../ports';

/**
 * The text of a field that is given as data or as a file. Data wins, as in client-go (rest/config.go); the npm client lets
 * the file win. undefined when neither is given; a missing file throws `misconfigured`.
 */
export async function readDataOrFile(
  context: string,
  what: string,
  { data, file }: DataOrFile,
  files: LocalFiles,
): Promise<string | undefined> {
  if (data !== undefined || file === undefined) return data;
  const found = await files.read(file);
  if (found.kind === 'text') return found.text;
  const why = found.kind === 'missing' ? 'is not there' : `could not be read (${found.reason})`;
  return fail('misconfigured', `Context ${context} cannot be used: its ${what} ${file} ${why}.`);
}
