import { type Edit, unmarked } from './edit';
import { type Mutator, pick, type Place, type Random } from './mutator';
import { isJudged } from './peculiarities';
import { insertInto, isSettledAbove, replaceValue, setField, valueMark } from './places';
import { type AppliedObject, type Path, type PlantedTree } from './tree';

const kinds = ['Kustomization', 'HelmRelease'];

/** Objects that may depend on others, with a known namespace, and without a patch that gives them dependencies. */
const dependants = (tree: PlantedTree): AppliedObject[] =>
  tree.objects.filter(
    (object) =>
      kinds.includes(object.kind) &&
      object.group.endsWith('toolkit.fluxcd.io') &&
      !object.name.includes('$') &&
      tree.namespaceOf(object) !== undefined &&
      object.entry('spec', 'suspend') === undefined &&
      !isSettledAbove(tree, object, ['spec', 'dependsOn']),
  );

/**
 * Adds a dependency: one more item in front of the list, or a list of its own. The name is where a mistake with it is
 * found. undefined where the list is written in brackets.
 */
function addDependency(
  tree: PlantedTree,
  object: AppliedObject,
  name: string,
  namespace: string | undefined,
): Edit | undefined {
  const lines = [`- name: «${name}»`, ...(namespace === undefined ? [] : [`  namespace: ${namespace}`])];
  const list = object.entry('spec', 'dependsOn');
  if (list === undefined)
    return insertInto(tree, object, ['spec'], ['dependsOn:', ...lines.map((line) => `  ${line}`)]);
  const first = object.entries.find(({ path }) => path[1] === 'dependsOn' && path[2] === 0);
  if (first === undefined || first.isLineStart) return undefined;
  const text = tree.texts.get(object.file) ?? '';
  const start = text.lastIndexOf('\n', first.keyStart - 1) + 1;
  const indent = ' '.repeat(text.slice(start, first.keyStart).lastIndexOf('-'));
  const added = lines.map((line) => `${indent}${line}\n`).join('');
  const open = added.indexOf('«');
  return {
    file: object.file,
    start,
    end: start,
    text: added.replace(/[«»]/g, ''),
    mark: [open, added.indexOf('»') - 1],
  };
}

const namesOf = (tree: PlantedTree, kind: string): string[] =>
  [...tree.objects, ...tree.untouched].filter((object) => object.kind === kind).map(({ name }) => name);

function judgedDependants(tree: PlantedTree): AppliedObject[] {
  return dependants(tree).filter(({ kind }) => isJudged(tree.peculiarities, kind));
}

/** What others wait for gets another name. */
function renamedDependencies(tree: PlantedTree): Place[] {
  const all = judgedDependants(tree);
  return all.flatMap((target): Place[] => {
    const name = target.entry('metadata', 'name');
    const edit = name && replaceValue(target, name, `${target.name}-moved`);
    // Where the other kind has the name too, that is what is told.
    const namesakes = kinds.flatMap((kind) => namesOf(tree, kind)).filter((other) => other === target.name);
    if (edit === undefined || namesakes.length > 1) return [];
    const marks = all
      .filter((object) => object.kind === target.kind && object !== target)
      .flatMap((object) =>
        object.entries
          .filter(({ path, value }) => isDependencyName(path) && value?.data === target.name)
          .map((entry) => valueMark(object, entry)),
      )
      .filter((mark) => mark !== undefined);
    const plant = () => ({ edits: [unmarked(edit)], marks });
    return marks.length === 0 ? [] : [{ at: `${target.file} renames ${target.kind} ${target.name}`, plant }];
  });
}

const isDependencyName = (path: Path): boolean => path.length === 4 && path[1] === 'dependsOn' && path[3] === 'name';

export const refDependsOnNotFound: Mutator = {
  code: 'ref-depends-on-not-found',
  places: (tree) => [
    ...renamedDependencies(tree),
    ...judgedDependants(tree).flatMap((object): Place[] => {
      const misspelled = object.entries.filter(
        ({ path, value }) => isDependencyName(path) && value !== undefined && !String(value.data).includes('$'),
      );
      const added: Place = {
        at: `${object.file} ${object.name} waits for something that is not there`,
        plant: (random) => {
          const edit = addDependency(tree, object, `${pick(['missing', object.name], random) ?? ''}-zz`, undefined);
          return edit && { edits: [edit] };
        },
      };
      const renamed = misspelled.map((entry) => ({
        at: `${object.file} ${object.name} misspells ${String(entry.value?.data)}`,
        plant: () => {
          const edit = replaceValue(object, entry, `${String(entry.value?.data)}x`);
          return edit && { edits: [edit] };
        },
      }));
      return [added, ...renamed];
    }),
  ],
};

export const refDependsOnCrossKind: Mutator = {
  code: 'ref-depends-on-cross-kind',
  places: (tree) =>
    judgedDependants(tree).flatMap((object): Place[] => {
      const other = object.kind === 'Kustomization' ? 'HelmRelease' : 'Kustomization';
      const own = new Set(namesOf(tree, object.kind));
      const names = namesOf(tree, other).filter((name) => !own.has(name) && !name.includes('$') && name !== '');
      if (names.length === 0) return [];
      const plant = (random: Random) => {
        const edit = addDependency(tree, object, pick(names, random) ?? '', undefined);
        return edit && { edits: [edit] };
      };
      return [{ at: `${object.file} ${object.name} waits for a ${other}`, plant }];
    }),
};

export const refDependsOnOtherEnv: Mutator = {
  code: 'ref-depends-on-other-env',
  places: (tree) =>
    judgedDependants(tree).flatMap((object) =>
      tree.clusters.length < 2
        ? []
        : object.entries.flatMap((entry): Place[] => {
            const { path, value } = entry;
            if (!isDependencyName(path)) return [];
            // The target is declared once per cluster; here it gets another name.
            const cluster = tree.clusters.find((folder) => object.file.startsWith(`${folder}/`));
            const target = tree.objects.find(
              (other) =>
                other.kind === object.kind && other.name === value?.data && other.file.startsWith(`${cluster ?? '?'}/`),
            );
            const name = target?.entry('metadata', 'name');
            const renamed = target && name && replaceValue(target, name, `${target.name}-new`);
            const mark = valueMark(object, entry);
            if (renamed === undefined || mark === undefined) return [];
            const plant = () => ({ edits: [unmarked(renamed)], marks: [mark] });
            return [
              { at: `${target?.file ?? ''} renames ${target?.name ?? ''}, which ${object.name} waits for`, plant },
            ];
          }),
    ),
};

/** Two objects of one kind, of which the first gets a dependency on the second. */
function pairs(
  tree: PlantedTree,
  plant: (one: AppliedObject, other: AppliedObject) => { edits: Edit[] } | undefined,
): Place[] {
  return dependants(tree).map((one) => ({
    at: `${one.file} ${one.name} and one that it waits for`,
    plant: (random) => {
      const others = dependants(tree).filter(
        (other) =>
          other !== one && other.kind === one.kind && other.name !== one.name && isInSameCluster(tree, one, other),
      );
      const other = pick(others, random);
      return other && plant(one, other);
    },
  }));
}

const isInSameCluster = ({ clusters }: PlantedTree, one: AppliedObject, other: AppliedObject): boolean => {
  const of = ({ file }: AppliedObject) => clusters.find((folder) => file.startsWith(`${folder}/`));
  return clusters.length < 2 || of(one) === of(other);
};

export const refDependsOnSuspended: Mutator = {
  code: 'ref-depends-on-suspended',
  places: (tree) =>
    pairs(tree, (one, other) => {
      const edit = addDependency(tree, one, other.name, tree.namespaceOf(other));
      const suspended = setField(tree, other, ['spec', 'suspend'], ['suspend: true']);
      return edit && suspended && { edits: [edit, suspended] };
    }),
};

export const refDependsOnDuplicate: Mutator = {
  code: 'ref-depends-on-duplicate',
  places: (tree) =>
    dependants(tree).flatMap((object): Place[] => {
      if (object.entry('spec', 'dependsOn') !== undefined) return [];
      const plant = (random: Random) => {
        const other = pick(
          dependants(tree).filter(({ kind, name }) => kind === object.kind && name !== object.name),
          random,
        );
        if (other === undefined) return undefined;
        // The second item is marked from its first key to the end of the line.
        const edit = insertInto(
          tree,
          object,
          ['spec'],
          ['dependsOn:', `  - name: ${other.name}`, `  - «name: ${other.name}»`],
        );
        return edit && { edits: [edit] };
      };
      return [{ at: `${object.file} ${object.name} waits twice`, plant }];
    }),
};

export const graphSelfDependency: Mutator = {
  code: 'graph-self-dependency',
  places: (tree) =>
    dependants(tree).map((object) => ({
      at: `${object.file} ${object.name} waits for itself`,
      plant: (random) => {
        const namespace = random() < 0.5 ? tree.namespaceOf(object) : undefined;
        const edit = addDependency(tree, object, object.name, namespace);
        return edit && { edits: [edit] };
      },
    })),
};

export const graphCycle: Mutator = {
  code: 'graph-cycle',
  places: (tree) =>
    pairs(tree, (one, other) => {
      const there = addDependency(tree, one, other.name, tree.namespaceOf(other));
      const back = addDependency(tree, other, one.name, tree.namespaceOf(one));
      return there && back && { edits: [there, back] };
    }),
};
