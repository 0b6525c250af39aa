import { baseName, directoryOf, type FilePath, joinPath } from '../../model/file-path';
import { type Steps } from '../../model/steps';
import { isScriptFile, readScripts, type Script } from './ci-scripts';
import { type Lookup, type PartlyKnown, replaced, wordsOf } from './command-words';
import { type Repository } from '../repository';

/** A folder of this repository that a file of it pushes as an OCI artifact. */
export interface PushedArtifact {
  /** The file with the command. */
  readonly file: FilePath;
  /** `host/path` in lower case, as far as it is known. */
  readonly url: PartlyKnown;
  /** undefined when it is not known. */
  readonly tag: string | undefined;
  readonly folder: FilePath;
  /** Patterns of files that stay behind, one a line. */
  readonly ignore: string;
}

/** What files of commands push. */
export interface Pushes {
  readonly artifacts: readonly PushedArtifact[];
  /** The remotes that variables were replaced by, as one text. */
  readonly remotes: string | undefined;
}

/**
 * Every `flux push artifact` in the CI files and task runners of a repository whose folder is certain. A job that writes
 * files pushes more than stands here, and says nothing.
 * @param remotes normalised URLs under which the repository is known, which its CI has variables for
 */
export function* findPushes(repository: Repository, remotes: readonly string[] | undefined): Steps<Pushes> {
  const artifacts: PushedArtifact[] = [];
  for (const path of scriptFiles(repository)) {
    yield;
    if (repository.text(path)?.includes('push artifact') !== true) continue;
    const { scripts, variables } = readScripts(repository, path);
    const lookup = lookupIn(variables, remotes);
    for (const script of scripts) artifacts.push(...pushesIn(repository, path, script, lookup));
  }
  return { artifacts, remotes: JSON.stringify(remotes) };
}

function scriptFiles(repository: Repository): FilePath[] {
  const folders = ['', '.github/workflows', '.forgejo/workflows', '.gitea/workflows'];
  return folders
    .flatMap((folder) => (repository.list(folder) ?? []).map(({ name }) => joinPath(folder, name) ?? name))
    .filter((path) => isScriptFile(path) && repository.stat(path) === 'file');
}

// The repository is hostile input: values that repeat each other must not grow without end, nor scripts take long.
const maxValue = 1000;
const maxScript = 30_000;

function lookupIn(variables: ReadonlyMap<string, string | undefined>, remotes: readonly string[] | undefined): Lookup {
  const own = remotes?.length === 1 ? remotes[0] : undefined;
  const path = own?.slice(own.indexOf('/') + 1);
  const given: Readonly<Record<string, string | undefined>> = {
    'github.repository': path,
    'github.repository_owner': path && directoryOf(path),
    'github.event.repository.name': path && baseName(path),
    GITHUB_REPOSITORY: path,
    GITHUB_REPOSITORY_OWNER: path && directoryOf(path),
    CI_PROJECT_PATH: path,
    CI_PROJECT_NAMESPACE: path && directoryOf(path),
    CI_PROJECT_NAME: path && baseName(path),
  };
  const values = new Map<string, PartlyKnown | undefined>();
  const find = (name: string): PartlyKnown | undefined => {
    const text = variables.get(name);
    if (text !== undefined) return text.length > maxValue ? undefined : replaced(text, lookup);
    const known = variables.has(name) || !Object.hasOwn(given, name) ? undefined : given[name];
    return known === undefined ? undefined : [known];
  };
  const lookup = (name: string): PartlyKnown | undefined => {
    if (values.has(name)) return values.get(name);
    // Set first: a value that holds itself is not known.
    values.set(name, undefined);
    const value = find(name);
    const isShort = value === undefined || value.reduce((sum, part) => sum + (part?.length ?? 1), 0) <= maxValue;
    values.set(name, isShort ? value : undefined);
    return values.get(name);
  };
  return lookup;
}

/** Commands that bring files which are not in the repository, or change where commands run. */
const writing =
  /(?:^|[\s;&|(])(?:cp|mv|rsync|tee|unzip|tar|git[ \t]+(?:clone|checkout|switch|submodule)|(?:kustomize|kubectl|helm|cue|jsonnet|ytt|kcl|flux[ \t]+(?:build|pull))[^\n]*[ \t](?:-o|--output)\b)/;
// What is written into these is no file of the repository.
const redirecting = />[ \t]*(?!>|&|[ \t]*["']?(?:\/dev\/|\$\{?GITHUB_))[^\s>]/;
const moving = /(?:^|[\s;&|(])(?:cd|pushd)[ \t]/;

function* pushesIn(
  repository: Repository,
  file: FilePath,
  { text, around, directory, isElsewhere }: Script,
  lookup: Lookup,
): Iterable<PushedArtifact> {
  if (isElsewhere || around.length > maxScript || moving.test(text)) return;
  const commands = around.replace(/-{1,2}>|=>|\$\{\{[^\n]*?\}\}/g, '');
  if (writing.test(commands) || redirecting.test(commands)) return;
  const base = joinPath('', directory ?? '');
  if (base === undefined) return;
  for (const { index } of text.matchAll(/(?<![\w-])flux[ \t]+push[ \t]+artifact(?![\w-])/g)) {
    const line = text.slice(text.lastIndexOf('\n', index) + 1, index);
    if (/(?:^|\s)#/.test(line)) continue;
    const words = wordsOf(text, index, lookup).slice(3);
    const path = literal(optionOf(words, 'path', 'f'));
    const ignore = [...optionsOf(words, 'ignore-paths'), ...optionsOf(words, 'add-ignore-paths')].map(literal);
    const address = words.find((word) => word[0]?.startsWith('oci://'));
    if (path === undefined || address === undefined || ignore.includes(undefined)) continue;
    const folder = path === '-' || path.startsWith('/') ? undefined : joinPath(base, path);
    if (folder === undefined || repository.stat(folder) !== 'directory') continue;
    yield { file, folder, ignore: ignore.join(',').replaceAll(',', '\n'), ...addressOf(address) };
  }
}

const literal = (word: PartlyKnown | undefined): string | undefined =>
  word?.length === 0 ? '' : word?.length === 1 ? word[0] : undefined;

function* optionsOf(words: readonly PartlyKnown[], long: string, short?: string): Iterable<PartlyKnown> {
  for (const [index, word] of words.entries()) {
    const [first = '', ...rest] = word;
    if (first.startsWith(`--${long}=`)) yield [first.slice(long.length + 3), ...rest];
    else if (first === `--${long}` || (short !== undefined && first === `-${short}`)) yield words[index + 1] ?? [];
  }
}

function optionOf(words: readonly PartlyKnown[], long: string, short: string): PartlyKnown | undefined {
  const all = [...optionsOf(words, long, short)];
  return all.at(-1);
}

/** Cuts `oci://host/path:tag` at the tag. */
function addressOf(word: PartlyKnown): { readonly url: PartlyKnown; readonly tag: string | undefined } {
  const url: (string | undefined)[] = [];
  const tag: (string | undefined)[] = [];
  let isTag = false;
  const lastSlash = word.findLastIndex((part) => part?.includes('/') === true);
  for (const [index, part] of word.entries()) {
    const text = index === 0 ? part?.slice('oci://'.length) : part;
    const from = index === lastSlash ? (text?.lastIndexOf('/') ?? 0) : 0;
    const colon = isTag || index < lastSlash ? -1 : (text?.indexOf(':', from) ?? -1);
    if (isTag) tag.push(text);
    else if (colon < 0) url.push(text?.toLowerCase());
    else {
      isTag = true;
      url.push(text?.slice(0, colon).toLowerCase());
      if (text !== undefined && colon < text.length - 1) tag.push(text.slice(colon + 1));
    }
  }
  return { url, tag: isTag ? literal(tag) : 'latest' };
}

/** How well a URL, normalised, is the address that something is pushed to. */
export function matchOf({ url }: PushedArtifact, wanted: string): 'whole' | 'name' | 'parts' | undefined {
  if (!fits(url, wanted)) return undefined;
  if (!url.includes(undefined)) return 'whole';
  const [first, last] = [url[0], url.at(-1)];
  // The host and the name of the artifact are known: what is not is whose it is.
  return first?.includes('/') === true && last?.includes('/') === true && !last.endsWith('/') ? 'name' : 'parts';
}

function fits(parts: PartlyKnown, text: string): boolean {
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (part === undefined) continue;
    const isLast = index === parts.length - 1;
    if (index === 0 && isLast) return text === part;
    const found =
      index === 0 ? (text.startsWith(part) ? 0 : -1) : isLast ? text.length - part.length : text.indexOf(part, at + 1);
    if (found < at + (index === 0 ? 0 : 1) || !text.startsWith(part, found)) return false;
    at = found + part.length;
  }
  return parts.at(-1) !== undefined || at < text.length;
}

/**
 * The one folder that is pushed to a URL; undefined where none or several are. `tag`: what is read of it.
 * @param isOwn the URL is known to be this repository's, so that any known part that agrees is enough
 */
export function pushedTo(
  { artifacts }: Pushes,
  wanted: string,
  tag: string | undefined,
  isOwn: boolean,
): PushedArtifact | undefined {
  const matching = artifacts.filter((artifact) => {
    const match = matchOf(artifact, wanted);
    return match !== undefined && (match !== 'parts' || isOwn);
  });
  const tagged = matching.filter((artifact) => artifact.tag !== undefined && artifact.tag === tag);
  const isNewest = tag !== undefined && !isRelease(tag);
  const candidates =
    tagged.length > 0 ? tagged : matching.filter((one) => isOwn || (one.tag === undefined && isNewest));
  const [first] = candidates;
  const isOne = candidates.every(({ folder, ignore }) => folder === first?.folder && ignore === first.ignore);
  return isOne ? first : undefined;
}

/** A tag that stays where it was put: what it holds is not what stands here now. */
const isRelease = (tag: string): boolean => /^v?\d|^[0-9a-f]{7,40}$/.test(tag);
