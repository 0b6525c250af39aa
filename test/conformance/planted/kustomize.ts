import { type Mutator, pick, type Place } from './mutator';
import { type ListedPath, type PlantedTree } from './tree';

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The kustomization file of a listed folder; undefined for a listed file. */
const kustomizationOf = (tree: PlantedTree, { target }: ListedPath): string | undefined =>
  names.map((name) => `${target}/${name}`).find((file) => tree.texts.has(file));

const isFile = (tree: PlantedTree, { target }: ListedPath): boolean => tree.texts.has(target);

const resources = (tree: PlantedTree): readonly ListedPath[] =>
  tree.listed.filter(
    ({ file, field, target }) =>
      field === 'resources' &&
      !tree.peculiarities.entryPoints.includes(file) &&
      // `flux bootstrap` writes these when they are not there.
      !target.includes('flux-system/gotk-'),
  );

export const kustomizeResourceMissing: Mutator = {
  code: 'kustomize-resource-missing',
  places: (tree) => [
    ...resources(tree).map((entry): Place => {
      const { file, start, end, text } = entry;
      return {
        at: `${file} misspells ${text}`,
        plant: (random) => {
          const wrong =
            pick(
              [text.replace(/(\.ya?ml)?$/, 'x$1'), `no-such-folder/${text}`, `no-such-${text.replaceAll('/', '')}`],
              random,
            ) ?? '';
          return { edits: [{ file, start, end, text: wrong, mark: [0, wrong.length] as const }] };
        },
      };
    }),
    ...resources(tree)
      .filter((entry) => isFile(tree, entry))
      .map((entry): Place => {
        const { target } = entry;
        const marks = tree.listed.filter((other) => other.target === target);
        return { at: `${target} is deleted`, plant: () => ({ files: new Map([[target, undefined]]), marks }) };
      }),
  ],
};

export const kustomizeDirNoKustomization: Mutator = {
  code: 'kustomize-dir-no-kustomization',
  places: (tree) =>
    resources(tree).flatMap((entry): Place[] => {
      const file = kustomizationOf(tree, entry);
      if (file === undefined || tree.peculiarities.entryPoints.includes(file)) return [];
      const hasMore = [...tree.texts.keys()].some((other) => other !== file && other.startsWith(`${entry.target}/`));
      if (!hasMore) return [];
      const marks = tree.listed.filter((other) => other.target === entry.target && other.field === 'resources');
      return [{ at: `${file} is deleted`, plant: () => ({ files: new Map([[file, undefined]]), marks }) }];
    }),
};

export const kustomizeFileIsKustomization: Mutator = {
  code: 'kustomize-file-is-kustomization',
  places: (tree) =>
    resources(tree).flatMap((entry): Place[] => {
      const kustomization = kustomizationOf(tree, entry);
      if (kustomization === undefined) return [];
      const { file, start, end } = entry;
      const text = `${entry.text.replace(/\/$/, '')}/${kustomization.slice(kustomization.lastIndexOf('/') + 1)}`;
      const edit = { file, start, end, text, mark: [0, text.length] as const };
      return [{ at: `${file} lists ${text}`, plant: () => ({ edits: [edit] }) }];
    }),
};

/** An entry taken off its list: nobody applies the Flux objects of the file any more. */
export const ksOrphanManifest: Mutator = {
  code: 'ks-orphan-manifest',
  places: (tree) =>
    resources(tree).flatMap((entry): Place[] => {
      const text = tree.texts.get(entry.file) ?? '';
      const start = text.lastIndexOf('\n', entry.start - 1) + 1;
      const end = text.indexOf('\n', entry.end) + 1;
      const isOwnLine = /^ *- *$/.test(text.slice(start, entry.start)) && end > 0;
      const isBeside = !entry.text.replace(/^\.\//, '').includes('/');
      const others = tree.listed.filter((other) => other.file === entry.file);
      const isListedOnce = tree.listed.filter((other) => other.target === entry.target).length === 1;
      const [object] = tree.objects.filter(({ file }) => file === entry.target);
      const name = object?.entry('metadata', 'name')?.value;
      if (!isOwnLine || !isBeside || !isListedOnce || others.length < 2 || name === undefined) return [];
      if (object?.group.endsWith('fluxcd.io') !== true || hasOtherOrphans(tree, entry.target)) return [];
      const edit = { file: entry.file, start, end, text: '' };
      const mark = { file: entry.target, start: name.start, end: name.end };
      return [{ at: `${entry.target} is not listed`, plant: () => ({ edits: [edit], marks: [mark] }) }];
    }),
};

/** A folder is named once, at its first object that nobody applies. */
function hasOtherOrphans({ texts, objects, untouched }: PlantedTree, target: string): boolean {
  const folder = target.slice(0, target.lastIndexOf('/') + 1);
  const applied = new Set([...objects, ...untouched].map(({ file }) => file));
  return [...texts].some(
    ([file, text]) =>
      file.startsWith(folder) &&
      !file.slice(folder.length).includes('/') &&
      !applied.has(file) &&
      /^apiVersion: .*fluxcd\.io\//m.test(text),
  );
}

/** An entry written twice: the objects of the file come a second time, with ids that are taken. */
export const kustomizeBuildFails: Mutator = {
  code: 'kustomize-build-fails',
  places: (tree) =>
    resources(tree)
      .filter((entry) => isFile(tree, entry) && tree.objects.some(({ file }) => file === entry.target))
      .flatMap((entry): Place[] => {
        const { file, text } = entry;
        const written = tree.texts.get(file) ?? '';
        const start = written.lastIndexOf('\n', entry.start - 1) + 1;
        const end = written.indexOf('\n', entry.end) + 1;
        const dash = written.slice(start, entry.start);
        if (!/^ *- *$/.test(dash) || end === 0) return [];
        const mark = [dash.length, dash.length + text.length] as const;
        const edit = { file, start: end, end, text: `${dash}${text}\n`, mark };
        return [{ at: `${file} lists ${text} twice`, plant: () => ({ edits: [edit] }) }];
      }),
};
