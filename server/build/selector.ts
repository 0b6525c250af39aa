import { type JsonObject, objectAt, stringAt } from '../model/json';
import { splitApiVersion } from '../model/resource-id';
import { matchesPattern } from '../validation/pattern';
import { type Draft } from './draft';

/** Whether a draft is selected; `unknown` when a pattern or label selector cannot be read or what it asks for is not known. */
export type Selection = 'selected' | 'not-selected' | 'unknown';

const literal = /^[A-Za-z0-9_/-]*$/;

function matches(pattern: string | undefined, text: string): Selection {
  if (pattern === undefined || pattern === '') return 'selected';
  if (pattern.includes('${')) return 'unknown';
  if (literal.test(pattern)) return pattern === text ? 'selected' : 'not-selected';
  const found = matchesPattern(`^(?:${pattern})$`, text);
  return found === undefined ? 'unknown' : found ? 'selected' : 'not-selected';
}

const requirement = /^\s*(!?)\s*([\w./-]+)\s*(?:(=|==|!=)\s*([\w.-]*)|(in|notin)\s*\(([^)]*)\))?\s*$/;

/** Kubernetes label selector grammar (apimachinery pkg/labels/selector.go), commas inside parentheses kept together. */
function matchesLabels(selector: string | undefined, labels: JsonObject | undefined): Selection {
  if (selector === undefined || selector === '') return 'selected';
  for (const part of selector.split(/,(?![^(]*\))/)) {
    const match = requirement.exec(part);
    if (match === null) return 'unknown';
    const [, not, key = '', operator, value, set, list = ''] = match;
    const label = stringAt(labels, key);
    let holds = not === '!' ? label === undefined : label !== undefined;
    if (operator === '!=') holds = label !== value;
    else if (operator !== undefined) holds = label === value;
    const members = list.split(',').map((member) => member.trim());
    if (set === 'in') holds = label !== undefined && members.includes(label);
    else if (set === 'notin') holds = label === undefined || !members.includes(label);
    if (!holds) return 'not-selected';
  }
  return 'selected';
}

/**
 * The target of a patch against an object, patterns anchored at both ends (kustomize api/types/selector.go). Labels
 * are only known for objects whose content is kept; for others a label selector answers `unknown`.
 */
export function select(target: JsonObject, draft: Draft): Selection {
  const { group, version } = splitApiVersion(draft.resource.apiVersion);
  const declared = draft.resource.id;
  const results: Selection[] = [
    matches(stringAt(target, 'kind'), draft.id.kind),
    matches(stringAt(target, 'group'), group),
    matches(stringAt(target, 'version'), version),
  ];
  // Most objects differ by kind; names cost more.
  if (results.includes('not-selected')) return 'not-selected';
  const either = (pattern: string | undefined, ...texts: string[]): Selection => {
    const found = texts.map((text) => matches(pattern, text));
    return found.includes('selected') ? 'selected' : (found[0] ?? 'unknown');
  };
  results.push(either(stringAt(target, 'name'), draft.id.name, declared.name));
  results.push(either(stringAt(target, 'namespace'), draft.id.namespace, declared.namespace));
  for (const [field, metadata] of [
    ['labelSelector', 'labels'],
    ['annotationSelector', 'annotations'],
  ] as const) {
    const selector = stringAt(target, field);
    if (selector === undefined || selector === '') continue;
    results.push(
      draft.value === undefined ? 'unknown' : matchesLabels(selector, objectAt(draft.value, 'metadata', metadata)),
    );
  }
  if (results.includes('not-selected')) return 'not-selected';
  return results.includes('unknown') ? 'unknown' : 'selected';
}
