import { type Path } from '../../../model/json';
import { type TransformContext } from '../context';
import { type EngineFault, isFault } from '../fault';
import { type Edit, setScalar } from '../fieldspec/edit';
import { isSelected } from '../fieldspec/field-spec';
import { type EngineResource } from '../resource';
import { type FieldSpec } from '../transformer-config';
import { causeAt, editFields } from './edit-resource';
import { originalId, storePreviousId } from './identity';

export interface AffixConfig {
  readonly side: 'prefix' | 'suffix';
  readonly text: string;
  readonly fieldSpecs: readonly FieldSpec[];
  /** To the text in the configuration. */
  readonly path: Path;
}

/** Kinds whose names are never changed (PrefixTransformer.go, `prefixFieldSpecsToSkip`). */
const skipped = [
  { group: '', version: '', kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', version: '', kind: 'APIService' },
  { group: '', version: '', kind: 'Namespace' },
];

/** Puts a text before or behind names, and notes it for name references (api/filters/prefix, suffix). */
export function addAffix(
  resources: readonly EngineResource[],
  config: AffixConfig,
  context: TransformContext,
): readonly EngineResource[] | EngineFault {
  const { side, text } = config;
  const site = { field: side === 'prefix' ? 'namePrefix' : 'nameSuffix', path: config.path };
  const cause = causeAt(site, context);
  const compose = (name: string) => (side === 'prefix' ? text + name : name + text);
  const edit: Edit = { makes: 'scalar', set: setScalar(compose, undefined, cause) };
  const made = context.made(`${site.field} ${site.path.join('/')}`);
  const edited: EngineResource[] = [];
  for (const resource of resources) {
    const known = made.get(resource);
    if (known !== undefined) {
      edited.push(known);
      continue;
    }
    const id = originalId(resource);
    let renamed = resource;
    if (!skipped.some((kind) => isSelected(id, kind))) {
      for (const spec of config.fieldSpecs) {
        if (!isSelected(id, spec)) continue;
        if (spec.path === 'metadata/name' && text !== '') renamed = noted(renamed, side, text);
        const result = editFields(renamed, [spec], edit, site, context, cause);
        if (isFault(result)) return result;
        renamed = result;
      }
    }
    made.set(resource, renamed);
    edited.push(renamed);
  }
  return edited;
}

function noted(resource: EngineResource, side: AffixConfig['side'], text: string): EngineResource {
  const stored = storePreviousId(resource);
  return side === 'prefix'
    ? { ...stored, prefixes: [...stored.prefixes, text] }
    : { ...stored, suffixes: [...stored.suffixes, text] };
}

/** `namePrefix`, then `nameSuffix` of a kustomization. */
export function transformNames(
  resources: readonly EngineResource[],
  { namePrefix, nameSuffix }: { readonly namePrefix: string; readonly nameSuffix: string },
  context: TransformContext,
): readonly EngineResource[] | EngineFault {
  let edited: readonly EngineResource[] | EngineFault = resources;
  const { config } = context;
  if (namePrefix !== '') {
    const prefix = { side: 'prefix', text: namePrefix, fieldSpecs: config.namePrefix, path: ['namePrefix'] } as const;
    edited = addAffix(edited, prefix, context);
  }
  if (nameSuffix === '' || isFault(edited)) return edited;
  const suffix = { side: 'suffix', text: nameSuffix, fieldSpecs: config.nameSuffix, path: ['nameSuffix'] } as const;
  return addAffix(edited, suffix, context);
}
