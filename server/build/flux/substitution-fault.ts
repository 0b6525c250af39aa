import { nearest } from '../../model/nearest';
import { type BuildFault, originOf, type RenderedObject } from '../build';
import { type PostBuild } from './post-build';
import { type ObjectFault } from './substitute-object';

const codes: Readonly<Record<ObjectFault['kind'], string>> = {
  undefined: 'subst-undefined',
  syntax: 'subst-syntax',
  output: 'subst-syntax',
};

/**
 * What a rule tells of an object in which Flux cannot substitute. Data: `expression` as written, `name` of an undefined
 * variable, `near` for one that is defined and nearly called so.
 */
export function substitutionFault(
  { kind, path, expression, name = '' }: ObjectFault,
  object: RenderedObject,
  { variables }: PostBuild,
): BuildFault {
  const [at] = originOf(object, path);
  const [near = ''] = name === '' ? [] : nearest(name, [...(variables?.values.keys() ?? [])], 1);
  return {
    code: codes[kind],
    file: at?.file ?? '',
    document: at?.document ?? 0,
    path: at?.path ?? [],
    part: 'value',
    data: { kind, expression, name, near, object: `${object.id.kind} ${object.id.name}` },
  };
}

/** What a rule tells of keys that cannot be variables. Data: `name` as written, `owner` of the Flux Kustomization. */
export function variableFaults(postBuild: PostBuild): BuildFault[] {
  const { owner, variables } = postBuild;
  return (variables?.faults ?? []).flatMap(({ kind, name, source, path }) => {
    if (kind !== 'name') return [];
    const from = source === undefined ? owner : postBuild.sourceAt(source);
    const [at] = from === undefined ? [] : originOf(from, path);
    if (at === undefined) return [];
    const { file, document } = at;
    return [
      { code: 'subst-invalid-name', file, document, path: at.path, part: 'key', data: { name, owner: owner.id.name } },
    ];
  });
}
