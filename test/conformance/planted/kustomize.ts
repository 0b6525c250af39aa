import { type Mutator, pick, type Place } from './mutator';
import { type ListedPath, type PlantedTree } from './tree';

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The kustomization file of a listed folder; undefined for a listed file. */
const kustomizationOf = (tree: PlantedTree, { target }: ListedPath): string | undefined =>
  names.map((name) => `${target}/${name}`).find((file) => tree.texts.has(file));

const isFile = (tree: PlantedTree, { target }: ListedPath): boolean => tree.texts.has(target);

const resources = (tree: PlantedTree): readonly ListedPath[] =>
  tree.listed.filter(({ file, field }) => field === 'resources' && !tree.peculiarities.entryPoints.includes(file));

export const kustomizeResourceMissing: Mutator = {
  code: 'kustomize-resource-missing',
  places: (tree) => [
    ...resources(tree).map((entry): Place => {
      const { file, start, end, text } = entry;
      return {
        at: `${file} misspells ${text}`,
        plant: (random) => {
          const wrong = pick([text.replace(/(\.ya?ml)?$/, 'x$1'), `../${text}`, `no-such-${text.replaceAll('/', '')}`], random) ?? '';
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
