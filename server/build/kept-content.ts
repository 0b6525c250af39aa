import { findKind } from '../../schemas/kinds/index';
import { type ResourceId } from '../model/resource-id';

/** Kinds outside the kind table: variables come from them. */
const variableKinds: ReadonlySet<string> = new Set(['ConfigMap', 'Secret']);

/** Its arguments say how it substitutes. */
export const controllerName = 'kustomize-controller';

/** True for a rendered object of which something reads the content; of others only the identity stays. */
export function keepsContent({ group, kind, name }: ResourceId): boolean {
  if (group === '' && variableKinds.has(kind)) return true;
  return findKind(group, kind) !== undefined || (group === 'apps' && kind === 'Deployment' && name === controllerName);
}
