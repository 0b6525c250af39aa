import { type Edit, type Mark, unmarked } from './edit';
import { type Mutator, pick, type Place } from './mutator';
import { isJudged } from './peculiarities';
import { insertInto, isSettledAbove, replaceValue, valueMark } from './places';
import { type AppliedObject, type Path, type PlantedTree } from './tree';

interface Written {
  readonly object: AppliedObject;
  /** Path of the reference; its `kind`, `name` and `namespace` stand below. */
  readonly at: Path;
  readonly kind: string;
  readonly name: string;
}

/** References that stand at fixed paths, of the given kinds of objects. */
function references(
  tree: PlantedTree,
  fields: readonly (readonly [kind: string, path: string, target?: string])[],
): Written[] {
  return tree.objects.flatMap((object) =>
    fields.flatMap(([kind, dotted, target]): Written[] => {
      if (object.kind !== kind || !object.group.endsWith('toolkit.fluxcd.io')) return [];
      const at = dotted.split('.');
      const name = object.entry(...at, 'name')?.value?.data;
      const written = target ?? object.entry(...at, 'kind')?.value?.data;
      if (typeof name !== 'string' || typeof written !== 'string') return [];
      if (isSettledAbove(tree, object, [...at, 'name']) || name.includes('${')) return [];
      return [{ object, at, kind: written, name }];
    }),
  );
}

const misname = (name: string, random: () => number): string =>
  pick([`${name}-x`, `zz-${name}`, 'no-such-object'], random) ?? '';

function misnamed(tree: PlantedTree, fields: Parameters<typeof references>[1]): Place[] {
  return references(tree, fields)
    .filter(({ kind }) => isJudged(tree.peculiarities, kind))
    .map(({ object, at, kind, name }) => ({
      at: `${object.file} ${object.name} names a ${kind} that is not ${name}`,
      plant: (random) => {
        const entry = object.entry(...at, 'name');
        const edit = entry && replaceValue(object, entry, misname(name, random));
        return edit && { edits: [edit] };
      },
    }));
}

/** The target gets another name; every reference to the old one is wrong then, mostly in other files. */
function renamed(tree: PlantedTree, fields: Parameters<typeof references>[1]): Place[] {
  const all = references(tree, fields);
  return tree.objects.flatMap((target): Place[] => {
    const name = target.entry('metadata', 'name');
    const edit = name && replaceValue(target, name, `${target.name}-moved`);
    const namesakes = tree.objects.filter((other) => other.kind === target.kind && other.name === target.name);
    if (edit === undefined || namesakes.length > 1 || !isJudged(tree.peculiarities, target.kind)) return [];
    if (isSettledAbove(tree, target, ['metadata', 'name'])) return [];
    const marks = all
      .filter((reference) => reference.kind === target.kind && reference.name === target.name)
      .flatMap(({ object, at }): Mark[] => {
        const entry = object.entry(...at, 'name');
        const mark = entry && valueMark(object, entry);
        return mark === undefined ? [] : [mark];
      });
    const plant = () => ({ edits: [unmarked(edit)], marks });
    return marks.length === 0 ? [] : [{ at: `${target.file} renames ${target.kind} ${target.name}`, plant }];
  });
}

const kustomizationSource = ['Kustomization', 'spec.sourceRef'] as const;
const chartSources = [
  ['HelmRelease', 'spec.chartRef'],
  ['HelmRelease', 'spec.chart.spec.sourceRef'],
] as const;

export const refSourceNotFound: Mutator = {
  code: 'ref-source-not-found',
  places: (tree) => [
    ...misnamed(tree, [kustomizationSource]),
    ...renamed(tree, [kustomizationSource]),
    ...otherKind(tree),
  ],
};

/** The kind changed to one of which no object has the name. */
function otherKind(tree: PlantedTree): Place[] {
  return references(tree, [kustomizationSource])
    .filter(({ kind }) => kind !== 'Bucket' && isJudged(tree.peculiarities, 'Bucket'))
    .flatMap(({ object, at, name }): Place[] => {
      const kind = object.entry(...at, 'kind');
      const mark = object.entry(...at, 'name');
      const edit = kind && replaceValue(object, kind, 'Bucket');
      const shown = mark && valueMark(object, mark);
      if (edit === undefined || shown === undefined) return [];
      const plant = () => ({ edits: [unmarked(edit)], marks: [shown] });
      return [{ at: `${object.file} ${object.name} takes ${name} for a Bucket`, plant }];
    });
}

export const refChartNotFound: Mutator = {
  code: 'ref-chart-not-found',
  places: (tree) => [...misnamed(tree, chartSources), ...renamed(tree, chartSources)],
};

export const refSourceWrongNamespace: Mutator = {
  code: 'ref-source-wrong-namespace',
  places: (tree) =>
    references(tree, [kustomizationSource, ...chartSources])
      .filter(({ kind }) => isJudged(tree.peculiarities, kind))
      .flatMap(({ object, at, kind, name }): Place[] => {
        const shown = object.entry(...at, 'name');
        const mark = shown && valueMark(object, shown);
        const written = object.entry(...at, 'namespace');
        const edit: Edit | undefined =
          written === undefined
            ? insertInto(tree, object, at, ['namespace: elsewhere'])
            : replaceValue(object, written, 'elsewhere');
        if (mark === undefined || edit === undefined) return [];
        const exists = tree.objects.some((other) => other.kind === kind && other.name === name);
        const plant = () => ({ edits: [unmarked(edit)], marks: [mark] });
        return exists ? [{ at: `${object.file} ${object.name} looks for ${kind} ${name} elsewhere`, plant }] : [];
      }),
};

export const refSourceKind: Mutator = {
  code: 'ref-source-kind',
  places: (tree) =>
    references(tree, [kustomizationSource, ...chartSources]).map(({ object, at, kind }) => ({
      at: `${object.file} ${object.name} takes its files from another kind than ${kind}`,
      plant: (random) => {
        const wrong =
          at.at(-1) === 'chartRef'
            ? ['HelmRepository', 'OCIRepo', 'GitRepository']
            : object.kind === 'Kustomization'
              ? ['HelmRepository', 'GitRepo', 'HelmChart', 'gitrepository']
              : ['OCIRepository', 'HelmRepo', 'helmrepository'];
        const entry = object.entry(...at, 'kind');
        const edit = entry && replaceValue(object, entry, pick(wrong, random) ?? '');
        return edit && { edits: [edit] };
      },
    })),
};

export const refProviderNotFound: Mutator = {
  code: 'ref-provider-not-found',
  places: (tree) => [
    ...misnamed(tree, [['Alert', 'spec.providerRef', 'Provider']]),
    ...renamed(tree, [['Alert', 'spec.providerRef', 'Provider']]),
  ],
};

export const refImageRepositoryNotFound: Mutator = {
  code: 'ref-image-repository-not-found',
  places: (tree) => misnamed(tree, [['ImagePolicy', 'spec.imageRepositoryRef', 'ImageRepository']]),
};

export const refImageSource: Mutator = {
  code: 'ref-image-source',
  places: (tree) => misnamed(tree, [['ImageUpdateAutomation', 'spec.sourceRef']]),
};
