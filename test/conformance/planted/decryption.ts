import { type Edit } from './edit';
import { encryptedFiles } from './encrypted-files';
import { type Mutator, type Place } from './mutator';
import { isSettledAbove, keyMark, removeEntry, valueMark } from './places';
import { type AppliedObject, type PlantedTree } from './tree';

/** A Flux Kustomization with decryption of its own, and a folder of its path that holds an encrypted file. */
interface Decrypting {
  readonly object: AppliedObject;
  /** Folders with a kustomization file that lists an encrypted file. */
  readonly folders: readonly string[];
}

function decrypting(tree: PlantedTree): Decrypting[] {
  const encrypted = encryptedFiles(tree);
  return tree.objects.flatMap((object): Decrypting[] => {
    const path = object.entry('spec', 'path')?.value?.data;
    if (object.group !== 'kustomize.toolkit.fluxcd.io' || typeof path !== 'string' || path.includes('$')) return [];
    if (object.entry('spec', 'decryption') === undefined || object.entry('spec', 'suspend') !== undefined) return [];
    if (['decryption', 'path', 'sourceRef'].some((field) => isSettledAbove(tree, object, ['spec', field]))) return [];
    const plain = path.replace(/^\.?\//, '').replace(/\/+$/, '');
    const folder = [tree.sourceRoot, plain].filter((part) => part !== '').join('/');
    const folders = reached(tree, folder).filter((one) => encrypted.some(({ path }) => folderOf(path) === one));
    return folders.length === 0 ? [] : [{ object, folders }];
  });
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Folders whose kustomization file is built with that of a folder, and that list an encrypted file. */
function reached(tree: PlantedTree, start: string): string[] {
  const encrypted = new Set(encryptedFiles(tree).map(({ path }) => path));
  const found: string[] = [];
  const seen = new Set([start]);
  for (const folder of seen) {
    const listed = tree.listed.filter(({ file, field }) => field === 'resources' && folderOf(file) === folder);
    if (listed.some(({ target }) => encrypted.has(target))) found.push(folder);
    for (const { target } of listed) if (!/\.ya?ml$/.test(target)) seen.add(target);
  }
  return found;
}

const atObject = ({ file, name }: AppliedObject, what: string): string => `${file} Kustomization ${name} ${what}`;

export const sopsDecryptionMissing: Mutator = {
  code: 'sops-decryption-missing',
  places: (tree) =>
    decrypting(tree).flatMap(({ object }): Place[] => {
      const entry = object.entry('spec', 'decryption');
      const spec = object.entry('spec');
      const edit = entry && removeEntry(tree, object, entry);
      if (edit === undefined || spec === undefined) return [];
      return [
        {
          at: atObject(object, 'loses its decryption'),
          plant: () => ({ edits: [edit], marks: [keyMark(object, spec)] }),
        },
      ];
    }),
};

/** The trees that name a Secret leave it open what else makes Secrets. */
export const refSecretNotFound: Mutator = { code: 'ref-secret-not-found', places: () => [] };

export const refSecretKeys: Mutator = {
  code: 'ref-secret-keys',
  places: (tree) =>
    decrypting(tree).flatMap(({ object }): Place[] => {
      const entry = object.entry('spec', 'decryption', 'secretRef', 'name');
      const namespace = object.entry('metadata', 'namespace')?.value?.data;
      const mark = entry && valueMark(object, entry);
      if (mark === undefined || typeof namespace !== 'string') return [];
      const name = String(entry?.value?.data);
      const end = tree.texts.get(object.file)?.length ?? 0;
      const text = `\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nstringData:\n  key.txt: a key\n`;
      return [
        {
          at: atObject(object, 'has its Secret beside it'),
          plant: () => ({ edits: [{ file: object.file, start: end, end, text }], marks: [mark] }),
        },
      ];
    }),
};

/** Adds a generator to the kustomization file of a folder, which takes in an encrypted file there. */
function withGenerator(
  tree: PlantedTree,
  what: string,
  make: (name: string, file: string) => string,
  needsDecryption: boolean,
): Place[] {
  return decrypting(tree).flatMap(({ object, folders }): Place[] => {
    const decryption = object.entry('spec', 'decryption');
    const removal = decryption && removeEntry(tree, object, decryption);
    if (!needsDecryption && removal === undefined) return [];
    return folders.flatMap((folder): Place[] => {
      const file = ['kustomization.yaml', 'kustomization.yml']
        .map((name) => `${folder}/${name}`)
        .find((one) => tree.texts.has(one));
      const encrypted = encryptedFiles(tree).find(({ path }) => path.slice(0, path.lastIndexOf('/')) === folder);
      const text = file === undefined ? undefined : tree.texts.get(file);
      if (file === undefined || text === undefined || encrypted === undefined || /Generator:/.test(text)) return [];
      const marked = make('planted', encrypted.path.slice(folder.length + 1));
      const mark = [marked.indexOf('«') + 1, marked.indexOf('»')] as const;
      const addition: Edit = {
        file,
        start: text.length,
        end: text.length,
        text: `\n${marked.replace(/[«»]/g, '')}`,
        mark,
      };
      const edits = needsDecryption || removal === undefined ? [addition] : [addition, removal];
      return [{ at: `${file} ${what}`, plant: () => ({ edits }) }];
    });
  });
}

export const sopsGeneratorWithoutDecryption: Mutator = {
  code: 'sops-generator-without-decryption',
  places: (tree) =>
    withGenerator(
      tree,
      'takes in an encrypted file without decryption',
      (name, file) => `secretGenerator:\n  - name: ${name}\n    files:\n      - «values.yaml=${file}»\n`,
      false,
    ),
};

export const sopsInUnsupportedPlace: Mutator = {
  code: 'sops-in-unsupported-place',
  places: (tree) =>
    withGenerator(
      tree,
      'takes an encrypted file into a ConfigMap',
      (name, file) => `configMapGenerator:\n  - name: ${name}\n    files:\n      - «values.yaml=${file}»\n`,
      true,
    ),
};

export const sopsGeneratorKeyExtension: Mutator = {
  code: 'sops-generator-key-extension',
  places: (tree) =>
    withGenerator(
      tree,
      'takes in an encrypted file under a key of another format',
      (name, file) => `secretGenerator:\n  - name: ${name}\n    files:\n      - «values=${file}»\n`,
      true,
    ),
};
