import { identityFrom, recipientFrom } from '../../support/bech32';
import { type Planted } from './edit';
import {
  change,
  decryptedText,
  type EncryptedFile,
  encryptedFiles,
  newFile,
  stanzaMark,
  withoutLine,
} from './encrypted-files';
import { type Mutator, type Place, type Random } from './mutator';
import { type PlantedTree } from './tree';

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function inFiles(
  what: string,
  make: (file: EncryptedFile, tree: PlantedTree, random: Random) => Planted | undefined,
): (tree: PlantedTree) => Place[] {
  return (tree) =>
    encryptedFiles(tree).map((file) => ({ at: `${file.path} ${what}`, plant: (random) => make(file, tree, random) }));
}

/** Names that a creation rule of the tree is about: the name of an encrypted file with something before it. */
const isNamed = ({ path }: EncryptedFile): boolean => /\.sops\.ya?ml$|\.enc\.age\.ya?ml$/.test(path);

export const sopsPlainSecret: Mutator = {
  code: 'sops-plain-secret',
  places: inFiles('has a plain neighbor', (file) => {
    if (!file.isSecret || !isNamed(file)) return undefined;
    const text = decryptedText(file).replace(/^(data|stringData):$/m, '«$1»:');
    return { edits: [newFile(`${folderOf(file.path)}planted-${nameOf(file.path)}`, text)] };
  }),
};

export const sopsRuleNotApplied: Mutator = {
  code: 'sops-rule-not-applied',
  places: inFiles('has a plain neighbor that is no Secret', (file) => {
    if (!isNamed(file)) return undefined;
    return {
      edits: [newFile(`${folderOf(file.path)}planted-${nameOf(file.path)}`, '«data: { password: correct horse }»\n')],
    };
  }),
};

export const sopsDecryptedCopy: Mutator = {
  code: 'sops-decrypted-copy',
  places: inFiles('has a decrypted copy', (file, { texts }) => {
    const copy = file.path.replace(/\.(sops|enc\.age)\./, '.');
    if (!file.isSecret || !isNamed(file) || texts.has(copy)) return undefined;
    // Base64 is compared as it stands.
    return { edits: [newFile(copy, decryptedText(file).replace(/^( +name: )(.*)$/m, '$1«$2»'))] };
  }),
};

export const sopsPrivateKeyCommitted: Mutator = {
  code: 'sops-private-key-committed',
  places: (tree) =>
    [...tree.texts.keys()].slice(0, 400).flatMap((path, index): Place[] => {
      const folder = folderOf(path);
      const file = `${folder}planted-key.yaml`;
      if (folder === '' || tree.texts.has(file) || /test|example|sample/i.test(folder)) return [];
      const edits = [newFile(file, `# created\nkey: «${identityFrom(index)}»\n`)];
      return [{ at: file, plant: () => ({ edits }) }];
    }),
};

export const sopsMetadataMissing: Mutator = {
  code: 'sops-metadata-missing',
  places: inFiles('loses lastmodified', (file) => {
    const edit = withoutLine(file, /^ +lastmodified: .*\n/m);
    return edit && { edits: [edit], marks: [stanzaMark(file)] };
  }),
};

export const sopsMacEmpty: Mutator = {
  code: 'sops-mac-empty',
  places: inFiles('loses its checksum', (file) => {
    const edit = withoutLine(file, /^ +mac: .*\n/m);
    return edit && { edits: [edit], marks: [stanzaMark(file)] };
  }),
};

/** The first value where no quotes surround it; that of the stanza's checksum stands behind. */
const firstValue = /(?<!\n +mac): (ENC\[AES256_GCM,data:[^\]]*\])$/m;

export const sopsValueFormat: Mutator = {
  code: 'sops-value-format',
  places: inFiles('has a value cut off', (file, _tree, random) => {
    const cuts = [/,type:\w+/, /,tag:[^,]*/, /iv:[^,]*,/];
    const cut = cuts[Math.floor(random() * cuts.length)] ?? /$/;
    const edit = change(file, firstValue, (found) => found.replace(cut, ''));
    return edit && { edits: [edit] };
  }),
};

export const sopsPartialEncryption: Mutator = {
  code: 'sops-partial-encryption',
  places: inFiles('has a plain value', (file) => {
    const edit = change(file, firstValue, () => 'correct horse');
    return edit && { edits: [edit] };
  }),
};

export const sopsMissingEncryptedRegex: Mutator = {
  code: 'sops-missing-encrypted-regex',
  places: inFiles('loses its selection', (file) => {
    const edit = file.isSecret ? withoutLine(file, /^ +encrypted_regex: .*\n/m) : undefined;
    return edit && { edits: [edit], marks: [stanzaMark(file)] };
  }),
};

export const sopsRecipientInvalid: Mutator = {
  code: 'sops-recipient-invalid',
  places: inFiles('has a misspelt recipient', (file) => {
    const edit = change(
      file,
      /recipient: (age1\w+)/,
      (found) => found.slice(0, -1) + (found.endsWith('q') ? 'p' : 'q'),
    );
    return edit && { edits: [edit] };
  }),
};

export const sopsRecipientsDiffer: Mutator = {
  code: 'sops-recipients-differ',
  places: inFiles('is encrypted for somebody else', (file, _tree, random) => {
    if (!isNamed(file)) return undefined;
    const seed = Math.floor(random() * 1000);
    const edit = change(file, /recipient: age1\w+/, () => `recipient: ${recipientFrom(seed)}`);
    return edit && { edits: [edit] };
  }),
};

export const sopsOldVersion: Mutator = {
  code: 'sops-old-version',
  places: inFiles('was written long ago', (file) => {
    const edit = change(file, /^ +version: (3\.(?:[89]|\d\d)\.\d+)$/m, () => '3.7.3');
    return edit && { edits: [edit] };
  }),
};
