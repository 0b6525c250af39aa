import { matchesPattern } from '../../scalars/pattern';
import { type Path } from '../../model/json';
import { type TransformContext } from './context';
import { type EngineFault } from './fault';
import { type SelectorConfig } from './kustomization';
import { type LabelSelector, matchesLabels, parseLabelSelector } from './label-selector';
import { notAMap, pairsOf, unreadableMap } from './metadata/pairs';
import { nodeAt } from './node';
import { type EngineResource } from './resource';
import { currentId, effectiveNamespace, originalId } from './transform/identity';

const parts = ['group', 'version', 'kind', 'name', 'namespace'] as const;
const literal = /^[A-Za-z0-9_/-]*$/;

/** True when a text is what the RE2 expression names as a whole; empty expressions match anything. */
function matches(pattern: string, text: string): boolean {
  // Names without signs are the usual case and need no expression engine.
  if (pattern === '' || literal.test(pattern)) return pattern === '' || pattern === text;
  return matchesPattern(`^(?:${pattern})$`, text) === true;
}

/**
 * The resources that meet every part of a selector, in their order (api/resmap/reswrangler.go, `Select`): name and
 * namespace may be the first or the current ones, the kind only the current one.
 * @param path to the selector in the bound document, for faults
 */
export function selectResources(
  resources: readonly EngineResource[],
  selector: SelectorConfig,
  context: Pick<TransformContext, 'fault' | 'origins' | 'place'>,
  path: Path,
): readonly EngineResource[] | EngineFault {
  for (const part of parts) {
    const pattern = selector[part];
    if (literal.test(pattern) || matchesPattern(`^(?:${pattern})$`, '') !== undefined) continue;
    return context.fault('selector-invalid', `${pattern} is not a valid regular expression. Flux cannot build this.`, [
      ...path,
      part,
    ]);
  }
  const named = resources.filter((resource) => {
    const current = currentId(resource);
    // Most selectors name a kind, which tells most resources apart.
    const isOfKind =
      matches(selector.kind, current.kind) &&
      matches(selector.group, current.group) &&
      matches(selector.version, current.version);
    if (!isOfKind) return false;
    const original = originalId(resource);
    return (
      (matches(selector.namespace, effectiveNamespace(original)) ||
        matches(selector.namespace, effectiveNamespace(current))) &&
      (matches(selector.name, original.name) || matches(selector.name, current.name))
    );
  });
  const unreadable = named.find((resource) => unreadableMap(resource) !== undefined);
  if (unreadable !== undefined) return notAMap(unreadable, context);
  // A selector that nothing gets to is never read.
  if (named.length === 0) return named;
  let selected = named;
  for (const field of ['labelSelector', 'annotationSelector'] as const) {
    if (selector[field] === '' || selected.length === 0) continue;
    const labels = parseLabelSelector(selector[field]);
    if (labels === undefined) {
      return context.fault(
        'selector-invalid',
        `${selector[field]} is not a valid label selector. Flux cannot build this.`,
        [...path, field],
      );
    }
    selected = selected.filter((resource) => hasLabels(resource, field, labels));
  }
  return selected;
}

function hasLabels({ node }: EngineResource, field: 'labelSelector' | 'annotationSelector', selector: LabelSelector) {
  const labels = new Map<string, string>();
  const found = nodeAt(node, ['metadata', field === 'labelSelector' ? 'labels' : 'annotations']);
  for (const [key, value] of pairsOf(found)) labels.set(key, value.kind === 'scalar' ? value.text : '');
  return matchesLabels(selector, labels);
}
