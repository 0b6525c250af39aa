import { type Edit, unmarked } from './edit';
import { type Mutator, type Place } from './mutator';
import { insertInto, isSettledAbove } from './places';
import { type AppliedObject, type PlantedTree } from './tree';

/** Flux Kustomizations without substitution, which no layer above may give them. */
const plain = (tree: PlantedTree): AppliedObject[] =>
  tree.objects.filter(
    (object) =>
      object.kind === 'Kustomization' &&
      object.group === 'kustomize.toolkit.fluxcd.io' &&
      object.entry('spec', 'postBuild') === undefined &&
      !isSettledAbove(tree, object, ['spec', 'postBuild']),
  );

const key = ({ kind, name }: { readonly kind: string; readonly name: string }): string => `${kind} ${name}`;

/** An object that a Flux Kustomization alone applies, in a file without any variable. */
function appliedAlone(tree: PlantedTree, owner: AppliedObject): AppliedObject | undefined {
  const others = new Set(
    [...tree.applied].filter(([id]) => id !== owner.id).flatMap(([, objects]) => objects.map(key)),
  );
  const own = new Set((tree.applied.get(owner.id) ?? []).map(key));
  const [object] = tree.objects.filter(
    (one) =>
      own.has(key(one)) &&
      !others.has(key(one)) &&
      tree.objects.filter((other) => key(other) === key(one)).length === 1 &&
      tree.texts.get(one.file)?.includes('$') === false &&
      one.entry('metadata', 'annotations') === undefined &&
      one.file !== owner.file,
  );
  return object;
}

/** Substitution is switched on, and an object gets an annotation that it cannot digest. */
const annotate = (tree: PlantedTree, text: string, marked: string): Place[] =>
  plain(tree).flatMap((owner): Place[] => {
    const object = appliedAlone(tree, owner);
    if (object === undefined) return [];
    const plant = (): { readonly edits: readonly Edit[] } | undefined => {
      const lines = ['annotations:', `  planted: ${text.replace(marked, `«${marked}»`)}`];
      const use = insertInto(tree, object, ['metadata'], lines);
      const start = insertInto(tree, owner, ['spec'], ['postBuild:', '  substitute:', '    PLANTED: "1"']);
      return use === undefined || start === undefined ? undefined : { edits: [use, unmarked(start)] };
    };
    return [{ at: `${object.file} uses ${marked} under ${owner.name}`, plant }];
  });

export const substUndefined: Mutator = {
  code: 'subst-undefined',
  flux: '2.10',
  places: (tree) => annotate(tree, 'x-${PLANTED}-${PLANTET}', '${PLANTET}'),
};

export const substSyntax: Mutator = {
  code: 'subst-syntax',
  places: (tree) => annotate(tree, 'x-${PLANTED[0]}', '${PLANTED'),
};

export const substInvalidName: Mutator = {
  code: 'subst-invalid-name',
  places: (tree) =>
    plain(tree).map((owner) => ({
      at: `${owner.file} gives ${owner.name} a variable with a hyphen`,
      plant: () => {
        const edit = insertInto(tree, owner, ['spec'], ['postBuild:', '  substitute:', '    «planted-name»: x']);
        return edit && { edits: [edit] };
      },
    })),
};
