import { baseName, type FilePath } from '../model/file-path';
import { type Files } from '../model/ports';
import { type Steps } from '../model/steps';
import { sopsConfigFile } from '../sops/creation-rules';
import { encryptedPrefix } from '../sops/encrypted-value';
import { mayHoldPrivateKey } from '../sops/private-key';
import { isYamlFile, type Repository } from './repository';

/** Beside YAML: kinds of files in which keys and encrypted values are kept. */
const otherNames =
  /(\.(agekey|age|asc|pgp|gpg|key|pem|p8|ppk|env|ini|toml|json|conf|cfg|properties|tfvars|sh|enc|sops)|^id_\w+|^keys?\.txt|^\.env[^/]*|^[^.]+)$/i;
/** Folders of other people's files. */
const foreignFolders = /(^|\/)(node_modules|vendor|\.terraform|\.venv|\.git)\//;
/** A key file is small; so is what SOPS writes for one secret. */
const mostBytes = 256 * 1024;

/** True for a file that is no YAML, but looked at for keys and encrypted values. */
export function isOtherSecretFile(path: FilePath): boolean {
  return !isYamlFile(path) && otherNames.test(baseName(path)) && !foreignFolders.test(path);
}

const namesEncryption = /(^|[._-])(sops|enc|encrypted)([._-]|$)/i;

/** True for a name that promises that the file is encrypted: `secret.sops.yaml`, `db.enc.age.yaml`. */
export function isNamedEncrypted(path: FilePath): boolean {
  return namesEncryption.test(baseName(path)) && baseName(path) !== sopsConfigFile;
}

const namesDecryption = /(^|[._~-])(dec|decrypted|plain|unencrypted)([._~-]|$)/i;

/** True for a name that says that the file is a decrypted copy: `values.dec.yaml`, `.decrypted~secret.yaml`. */
export function isNamedDecrypted(path: FilePath): boolean {
  return namesDecryption.test(baseName(path));
}

/** True for a text or name that rules of scope `file` have something to say about; cheap. */
export function concernsSecrets(path: FilePath, text: string): boolean {
  const name = baseName(path);
  return (
    name === sopsConfigFile ||
    name === '.sops.yml' ||
    text.includes(encryptedPrefix) ||
    // Whether this is a stanza, or a Secret, is told when the text is read.
    /^["']?sops["']?:/m.test(text) ||
    /\bkind["']?:[ \t]*["']?Secret\b/.test(text) ||
    isNamedEncrypted(path) ||
    isNamedDecrypted(path) ||
    mayHoldPrivateKey(text)
  );
}

/**
 * Files of other kinds than YAML that concern secrets: looks at those again that changed, at all of them the first time.
 * The identical set where nothing came or went.
 */
export function* findOtherSecretFiles(
  repository: Repository,
  files: Pick<Files, 'stamp'>,
  changed: Iterable<FilePath>,
  before: ReadonlySet<FilePath> | undefined,
): Steps<ReadonlySet<FilePath>> {
  const came: FilePath[] = [];
  const went = new Set<FilePath>();
  for (const path of before === undefined ? repository.filePaths() : changed) {
    if (!isOtherSecretFile(path)) continue;
    const isSecret = holdsSecret(repository, files, path);
    if (isSecret && before?.has(path) !== true) came.push(path);
    if (!isSecret && before?.has(path) === true) went.add(path);
    yield;
  }
  return changedSet(before ?? new Set(), came, went);
}

/** A sorted set with some that came and without some that went; the identical one where there are none. */
export function changedSet(
  before: ReadonlySet<FilePath>,
  came: readonly FilePath[],
  went: ReadonlySet<FilePath>,
): ReadonlySet<FilePath> {
  if (came.length === 0 && went.size === 0) return before;
  return new Set([...before, ...came].filter((path) => !went.has(path)).sort());
}

function holdsSecret(repository: Repository, files: Pick<Files, 'stamp'>, path: FilePath): boolean {
  if (repository.stat(path) !== 'file' || (files.stamp(path)?.size ?? Infinity) > mostBytes) return false;
  const text = repository.text(path);
  return text !== undefined && concernsSecrets(path, text);
}
