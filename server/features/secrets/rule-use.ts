import { type FilePath } from '../../model/file-path';
import { hasSopsMarks } from '../../sops/encryption';
import { type CreationRule, matchCreationRule, type SopsConfig } from '../../sops/creation-rules';
import { configFor } from './explain-encryption';
import { type Snapshot } from '../../workspace/snapshot';

/** Files that a creation rule counts for. */
export interface RuleUse {
  readonly files: number;
  /** undefined where there are too many to look into. */
  readonly encrypted: number | undefined;
  /** The first by name. */
  readonly example: FilePath | undefined;
}

/** Beyond this many files nothing is counted. */
const mostFiles = 50_000;
/** More are not looked into. */
const mostOpened = 500;

const kept = new WeakMap<SopsConfig, { readonly listing: object; readonly files: ReadonlyMap<number, FilePath[]> }>();

/** What a rule of a configuration counts for; undefined in a repository of too many files. */
export function useOf(
  snapshot: Snapshot,
  configFile: FilePath,
  config: SopsConfig,
  rule: CreationRule,
): RuleUse | undefined {
  let known = kept.get(config);
  if (known?.listing !== snapshot.listing) {
    const files = new Map<number, FilePath[]>();
    let left = mostFiles;
    for (const path of snapshot.filePaths()) {
      if (left-- <= 0) return undefined;
      const match = matchCreationRule(config, configFile, path);
      if (match.kind !== 'rule') continue;
      const list = files.get(match.rule.index);
      if (list === undefined) files.set(match.rule.index, [path]);
      else list.push(path);
    }
    kept.set(config, (known = { listing: snapshot.listing, files }));
  }
  const governed = (known.files.get(rule.index) ?? []).filter(
    (path) => configFor(snapshot, path)?.file.path === configFile,
  );
  const encrypted =
    governed.length > mostOpened
      ? undefined
      : governed.filter((path) => snapshot.isSecretFile(path) && hasSopsMarks(snapshot.yaml(path)?.text ?? '')).length;
  return { files: governed.length, encrypted, example: governed.sort()[0] };
}
