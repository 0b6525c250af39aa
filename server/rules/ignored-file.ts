import { matchesGlob } from '../build/glob';
import { type FilePath } from '../model/file-path';
import { type Configuration } from '../workspace/configuration';

/** True for a file that the configuration says nothing may be found in. */
export function isIgnoredFile(file: FilePath, configuration: Configuration): boolean {
  return configuration.ignore.some((pattern) => matchesGlob(pattern, file));
}
