import { type Path, valueAt } from '../../model/json';
import { type DeclaredObject } from '../declared-objects';
import { type DocumentContext } from '../rule';

const operatorKinds = ['FluxInstance', 'FluxReport', 'ResourceSet', 'ResourceSetInputProvider'];

/**
 * True where Flux Operator widens an enumeration by its own kinds: it patches the definitions of Alert and Receiver
 * that it installs, which the released definitions do not show.
 */
export function isWidenedByOperator(
  { targets }: DocumentContext,
  { group, kind, value }: DeclaredObject,
  path: Path,
): boolean {
  if (group !== 'notification.toolkit.fluxcd.io' || path.at(-1) !== 'kind') return false;
  const list = kind === 'Alert' ? 'eventSources' : 'resources';
  if (path[1] !== list || !targets.some((target) => target.isOperated)) return false;
  const named = valueAt(value, path);
  return typeof named === 'string' && operatorKinds.includes(named);
}
