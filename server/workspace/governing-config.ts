import { baseName, type FilePath } from '../model/file-path';
import {
  findSopsConfig,
  matchCreationRule,
  readSopsConfig,
  type RuleMatch,
  type SopsConfig,
  sopsConfigFile,
} from '../sops/creation-rules';
import { type YamlFile } from '../yaml/file';

/** The nearest `.sops.yaml` above a file. */
export interface GoverningConfig {
  readonly file: YamlFile;
  readonly config: SopsConfig;
  /** Which of its rules counts for the file. */
  readonly match: RuleMatch;
}

/** What SOPS would encrypt a file by; undefined where no `.sops.yaml` is in reach, and for such a file itself. */
export function governingConfig(
  path: FilePath,
  exists: (path: FilePath) => boolean,
  read: (path: FilePath) => YamlFile | undefined,
): GoverningConfig | undefined {
  if (baseName(path) === sopsConfigFile) return undefined;
  const found = findSopsConfig(path, exists);
  const file = found === undefined ? undefined : read(found);
  const config = readSopsConfig(file?.documents[0]?.document);
  return file && { file, config, match: matchCreationRule(config, file.path, path) };
}
