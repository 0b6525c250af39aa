import { type Path } from '../../../model/json';
import { type TransformContext } from '../context';
import { type EngineFault } from '../fault';
import { applyFieldSpecs, isSpecMismatch } from '../fieldspec/apply';
import { type Edit } from '../fieldspec/edit';
import { type Origin } from '../origin';
import { type EngineResource } from '../resource';
import { type FieldSpec } from '../transformer-config';
import { currentId, describeId } from './identity';

/** Where in the kustomization a transformer stands, for causes and faults. */
export interface Site {
  readonly field: string;
  readonly path: Path;
}

/** Origins for what a transformer puts in; one for all new values, one for each that replaces another. */
export function causeAt(site: Site, context: TransformContext): (previous?: Origin) => Origin {
  let fresh: Origin | undefined;
  return (previous) =>
    previous === undefined
      ? (fresh ??= context.cause(site.field, site.path))
      : context.cause(site.field, site.path, previous);
}

/** The resource after an edit of the fields that the specs name; the identical one when there is none. */
export function editFields(
  resource: EngineResource,
  specs: readonly FieldSpec[],
  edit: Edit,
  site: Site,
  context: TransformContext,
  cause: (previous?: Origin) => Origin,
): EngineResource | EngineFault {
  const node = applyFieldSpecs(resource.node, specs, edit, cause());
  if (!isSpecMismatch(node)) return node === resource.node ? resource : { ...resource, node };
  const { spec, reason } = node;
  const message = `${describeId(currentId(resource))} cannot be changed at ${spec.path}: it ${reason}. Flux cannot build this.`;
  return context.fault('field-kind-mismatch', message, site.path);
}
