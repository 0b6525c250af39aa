import { findKind } from '../../../schemas/kinds';
import { type ResourceId } from '../../../server/model/resource-id';
import { canary } from '../kinds/canary';
import { type NodeCapability } from './tree-node';

/** Kinds that keep what they did before. */
export const keepsHistory: ReadonlySet<string> = new Set([
  'Kustomization',
  'HelmRelease',
  'ResourceSet',
  'FluxInstance',
]);

type KindName = Pick<ResourceId, 'group' | 'kind'>;

const isCanary = ({ group, kind }: KindName): boolean => group === canary.group && kind === canary.kind;

/** Whether something can be done with objects of a kind at all, whatever their state. */
export function isCapableKind({ group, kind }: KindName, what: NodeCapability): boolean {
  const capabilities = isCanary({ group, kind }) ? canary.capabilities : findKind(group, kind)?.capabilities;
  switch (what) {
    case 'suspend':
    case 'resume':
      return capabilities !== undefined && capabilities.suspend !== 'none';
    case 'reconcile':
      return capabilities?.reconcile === true;
    case 'reconcileWithSource':
      return capabilities?.withSource === true;
    case 'force':
      return kind === 'HelmRelease' && capabilities?.reconcile === true;
    case 'history':
      return capabilities !== undefined && keepsHistory.has(kind);
    case 'applies':
      return kind === 'Kustomization' && group === 'kustomize.toolkit.fluxcd.io';
    default:
      return capabilities !== undefined;
  }
}
