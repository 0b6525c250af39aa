import { type Path } from '../../../model/json';
import { type TransformContext } from '../context';
import { type EngineFault, isFault } from '../fault';
import { type Edit, setScalar } from '../fieldspec/edit';
import { isSelected } from '../fieldspec/field-spec';
import { type ReplicaConfig } from '../kustomization';
import { type EngineResource } from '../resource';
import { type FieldSpec } from '../transformer-config';
import { causeAt, editFields } from './edit-resource';
import { allIds } from './identity';

export interface ReplicasConfig {
  readonly replica: ReplicaConfig;
  readonly fieldSpecs: readonly FieldSpec[];
  /** To the entry in the configuration. */
  readonly path: Path;
}

/** Sets a number of replicas; the name may be any that the object ever had (ReplicaCountTransformer.go). */
export function setReplicas(
  resources: readonly EngineResource[],
  { replica, fieldSpecs, path }: ReplicasConfig,
  context: TransformContext,
): readonly EngineResource[] | EngineFault {
  const site = { field: 'replicas', path };
  const cause = causeAt(site, context);
  const edit: Edit = { makes: 'scalar', set: setScalar(() => String(replica.count), '!!int', cause) };
  const edited = [...resources];
  let hasMatch = false;
  for (const spec of fieldSpecs) {
    for (const [index, resource] of edited.entries()) {
      if (!allIds(resource).some((id) => id.name === replica.name && isSelected(id, spec))) continue;
      hasMatch = true;
      const result = editFields(resource, [spec], edit, site, context, cause);
      if (isFault(result)) return result;
      edited[index] = result;
    }
  }
  if (hasMatch || context.isPart) return edited;
  const kinds = [...new Set(fieldSpecs.map(({ kind }) => kind))].join(', ');
  const message = `replicas names ${replica.name}, but none of the objects of this build with that name is a ${kinds}. Flux cannot build this.`;
  return context.fault('replicas-target-missing', message, path);
}

/** `replicas` of a kustomization. */
export function transformReplicas(
  resources: readonly EngineResource[],
  { replicas }: { readonly replicas: readonly ReplicaConfig[] },
  context: TransformContext,
): readonly EngineResource[] | EngineFault {
  let edited = resources;
  for (const [index, replica] of replicas.entries()) {
    const config = { replica, fieldSpecs: context.config.replicas, path: ['replicas', index] };
    const result = setReplicas(edited, config, context);
    if (isFault(result)) return result;
    edited = result;
  }
  return edited;
}
