import { type Edit } from './edit';
import { type Mutator, pick, type Place } from './mutator';
import { isSettledAbove, keyMark, removeEntry, replaceValue, valueMark } from './places';
import { type AppliedObject, type Entry, type PlantedTree } from './tree';

interface Applier {
  readonly object: AppliedObject;
  readonly entry: Entry;
  readonly path: string;
  /** Folder of the repository that the path names; undefined where it is one of a made-up artifact. */
  readonly folder: string | undefined;
}

/** Flux Kustomizations with a path into this repository. */
function appliers(tree: PlantedTree): Applier[] {
  return tree.objects.flatMap((object): Applier[] => {
    const entry = object.entry('spec', 'path');
    const path = entry?.value?.data;
    if (object.group !== 'kustomize.toolkit.fluxcd.io' || entry === undefined || typeof path !== 'string') return [];
    if (tree.unresolved.has(object.id) || path.includes('$') || isSettledAbove(tree, object, ['spec', 'path']))
      return [];
    if (isSettledAbove(tree, object, ['spec', 'sourceRef']) || object.name.includes('$')) return [];
    const plain = path.replace(/^\.?\//, '').replace(/\/+$/, '');
    const folder = [tree.sourceRoot, plain].filter((part) => part !== '').join('/');
    const isArtifact = object.entry('spec', 'sourceRef', 'kind')?.value?.data === 'ExternalArtifact';
    const exists = !isArtifact && [...tree.texts.keys()].some((file) => file.startsWith(`${folder}/`));
    return [{ object, entry, path, folder: exists ? folder : undefined }];
  });
}

function withPath(tree: PlantedTree, make: (applier: Applier, random: () => number) => string | undefined): Place[] {
  return appliers(tree).map((applier) => ({
    at: `${applier.object.file} ${applier.object.name} reads another path than ${applier.path}`,
    plant: (random) => {
      const text = make(applier, random);
      const edit = text === undefined ? undefined : replaceValue(applier.object, applier.entry, text);
      return edit && { edits: [edit] };
    },
  }));
}

export const ksPathNotFound: Mutator = {
  code: 'ks-path-not-found',
  places: (tree) =>
    withPath(tree, ({ path }, random) => pick([`${path}x`, './no/such/folder', `${path}/deeper`], random)),
};

/** An ignore file beside the files of the source. */
export const ksPathIgnored: Mutator = {
  code: 'ks-path-ignored',
  places: (tree) =>
    appliers(tree).flatMap(({ object, entry, folder, path }): Place[] => {
      const ignoreFile = [tree.sourceRoot, '.sourceignore'].filter((part) => part !== '').join('/');
      const mark = valueMark(object, entry);
      const isInside = folder !== undefined && object.file.startsWith(`${folder}/`);
      if (folder === undefined || folder === tree.sourceRoot || isInside || mark === undefined) return [];
      if (tree.texts.has(ignoreFile) || object.entry('spec', 'suspend') !== undefined) return [];
      const pattern = `/${folder.slice(tree.sourceRoot === '' ? 0 : tree.sourceRoot.length + 1)}/`;
      const files = new Map([[ignoreFile, `${pattern}\n`]]);
      return [{ at: `${path} is ignored`, plant: () => ({ files, marks: [mark] }) }];
    }),
};

export const ksPathCase: Mutator = {
  code: 'ks-path-case',
  places: (tree) =>
    withPath(tree, ({ path, folder }) => {
      if (folder === undefined) return undefined;
      const at = path.search(/[a-z](?=[^a-z]*$)/);
      return at < 0 ? undefined : path.slice(0, at) + path.slice(at, at + 1).toUpperCase() + path.slice(at + 1);
    }),
};

export const ksPathEscapes: Mutator = {
  code: 'ks-path-escapes',
  places: (tree) =>
    withPath(tree, ({ path }, random) => {
      const plain = path.replace(/^\.?\//, '');
      return pick([`../${plain}`, `/${plain}`, `./../../${plain}`], random);
    }),
};

export const ksPathFile: Mutator = {
  code: 'ks-path-file',
  places: (tree) =>
    withPath(tree, ({ path, folder }) => {
      if (folder === undefined) return undefined;
      const file = [...tree.texts.keys()].find((name) => /\.ya?ml$/.test(name) && name.startsWith(`${folder}/`));
      return file === undefined ? undefined : `${path.replace(/\/$/, '')}${file.slice(folder.length)}`;
    }),
};

export const ksPathEmpty: Mutator = {
  code: 'ks-path-empty',
  places: (tree) =>
    appliers(tree).flatMap(({ object, entry, path, folder }): Place[] => {
      const edit = replaceValue(object, entry, `${path.replace(/\/$/, '')}/empty-folder`);
      if (edit === undefined || folder === undefined || object.entry('spec', 'components') !== undefined) return [];
      if (isSettledAbove(tree, object, ['spec', 'components'])) return [];
      const files = new Map([[`${folder}/empty-folder/notes.txt`, 'Nothing to apply.\n']]);
      return [
        {
          at: `${object.file} ${object.name} reads a folder without manifests`,
          plant: () => ({ edits: [edit], files }),
        },
      ];
    }),
};

export const ksPathMissing: Mutator = {
  code: 'ks-path-missing',
  places: (tree) =>
    appliers(tree).flatMap(({ object, entry }): Place[] => {
      const spec = object.entry('spec');
      const edit = removeEntry(tree, object, entry);
      const kind = object.entry('spec', 'sourceRef', 'kind')?.value?.data;
      const hasRoot = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'].some((name) =>
        tree.texts.has(tree.sourceRoot === '' ? name : `${tree.sourceRoot}/${name}`),
      );
      if (edit === undefined || spec === undefined || kind !== 'GitRepository' || hasRoot) return [];
      return [
        {
          at: `${object.file} ${object.name} loses its path`,
          plant: () => ({ edits: [edit], marks: [keyMark(object, spec)] }),
        },
      ];
    }),
};

/** A second Kustomization with another name and the same spec takes everything from the first. */
export const ksPathOverlap: Mutator = {
  code: 'ks-path-overlap',
  places: (tree) =>
    appliers(tree).flatMap(({ object, entry }): Place[] => {
      const name = object.entry('metadata', 'name')?.value;
      const mark = valueMark(object, entry);
      const objects = tree.applied.get(object.id) ?? [];
      const counted = objects.filter((one) => one.kind !== 'Namespace' && !one.name.includes('$') && one.name !== '');
      if (name === undefined || mark === undefined || counted.length === 0) return [];
      if (object.entry('spec', 'suspend') !== undefined) return [];
      const text = tree.texts.get(object.file) ?? '';
      const head = '\n---\n';
      const copy = `${text.slice(object.start, name.start)}${object.name}-twin${text.slice(name.end, object.end)}`;
      const shift = head.length - object.start + (object.name.length + 5 - (name.end - name.start));
      const edit: Edit = {
        file: object.file,
        start: text.length,
        end: text.length,
        text: `${head}${copy}\n`,
        mark: [mark.start + shift, mark.end + shift],
      };
      return [{ at: `${object.file} ${object.name} has a twin`, plant: () => ({ edits: [edit], marks: [mark] }) }];
    }),
};
