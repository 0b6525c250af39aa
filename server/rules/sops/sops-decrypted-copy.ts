import { listed } from '../../model/listed';
import { baseName, directoryOf, type FilePath, joinPath } from '../../model/file-path';
import { stringAt } from '../../model/json';
import { encryptionOf } from '../../sops/encryption';
import { looksEncrypted } from '../../sops/encrypted-value';
import { leavesOf } from '../../sops/leaves';
import { nodeAt } from '../../yaml/locate';
import { type YamlFile } from '../../yaml/file';
import { type FileRule } from '../rule';
import { isPlaceholder, plainSecrets } from './secret-values';
import { plainSecretsUnderRule } from './sops-plain-secret';

export const sopsDecryptedCopy: FileRule = {
  code: 'sops-decrypted-copy',
  severity: 'error',
  certainty: 'certain',
  scope: 'file',
  summary: 'A decrypted copy lies beside the encrypted file.',
  documentation: `The file has the values of the encrypted file beside it, in plain text: some tools leave such a copy when the file is
edited. Only copies of the same Secret, and files called \`decrypted\`, \`dec\` or \`plain\`, are looked at; files that Git ignores
are left alone.

Git will keep the values, and whoever can read the repository can read them.

Delete the copy, and have Git ignore such names. If it was committed, change the values where they come from.`,
  check(context) {
    const { file } = context;
    if (!/\.(ya?ml|json)$/.test(file.path) || encryptionOf(file) !== undefined) return;
    if ([...plainSecretsUnderRule(context)].length > 0) return;
    for (const path of originalsOf(file.path)) {
      const original = context.exists(path) ? context.yaml(path) : undefined;
      const copied = original && copiedValues(file, original);
      if (copied === undefined || !context.isTracked()) continue;
      context.report(copied.document, {
        part: 'whole',
        message: `${listed(copied.names)} can be read here in plain text, while ${baseName(path)} beside it has ${copied.names.length === 1 ? 'it' : 'them'} encrypted. Git will keep the values, and whoever reads the repository can read them.`,
      });
      return;
    }
  },
};

const copyMark = /[._~-](?:dec|decrypted|plain|unencrypted)(?=[._~-]|$)|^\.?(?:dec|decrypted|plain|unencrypted)[._~-]/i;

/** Names of encrypted files that a file of this name may be the copy of. */
function originalsOf(path: FilePath): FilePath[] {
  const name = baseName(path).replace(copyMark, '');
  const [, stem = name, ending = ''] = /^(.*?)(\.[^.]+)$/.exec(name) ?? [];
  const names = ['.sops', '.enc', '.encrypted', '.enc.age'].map((mark) => `${stem}${mark}${ending}`);
  names.push(`${name}.enc`, `${name}.sops`, `${stem}-sops${ending}`, `${stem}-enc${ending}`, `${stem}.secret${ending}`);
  if (name !== baseName(path)) names.unshift(name);
  return names.flatMap((one) => joinPath(directoryOf(path), one) ?? []);
}

/** Keys of values that are encrypted in one file and plain at the same place of the other; undefined unless all are. */
function copiedValues(
  copy: YamlFile,
  original: YamlFile,
): { readonly document: number; readonly names: readonly string[] } | undefined {
  if (encryptionOf(original) === undefined) return undefined;
  const isNamedCopy = copyMark.test(baseName(copy.path));
  for (const [index, { document }] of copy.documents.entries()) {
    const [secret] = plainSecrets(document);
    const name = secret && stringAt(secret.object.value, 'metadata', 'name');
    for (const { document: other } of original.documents) {
      const nameThere = nodeAt(other, ['metadata', 'name']);
      const isSameSecret = name !== undefined && nameThere?.kind === 'scalar' && nameThere.text === name;
      if (!isNamedCopy && !isSameSecret) continue;
      const encrypted = [...leavesOf(other)].filter(({ node }) => looksEncrypted(node.text));
      const isPlainHere = encrypted.every(({ path }) => {
        const node = nodeAt(document, path);
        return node?.kind === 'scalar' && !looksEncrypted(node.text) && !isPlaceholder(node.text);
      });
      if (encrypted.length === 0 || !isPlainHere) continue;
      return { document: index, names: [...new Set(encrypted.map(({ keys }) => keys.at(-1) ?? ''))] };
    }
  }
  return undefined;
}
