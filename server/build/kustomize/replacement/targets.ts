import { type Path } from '../../../model/json';
import { matchesPattern } from '../../../scalars/pattern';
import { isFault, type EngineFault } from '../fault';
import { type SelectorConfig } from '../kustomization';
import { matchesLabels, parseLabelSelector, type LabelSelector } from '../label-selector';
import { pairsOf } from '../metadata/pairs';
import { nodeAt, type MapNode } from '../node';
import { type EngineResource, type ResId } from '../resource';
import { allIds } from '../transform/identity';
import { type ReplacementTarget, type Refuse } from './decode';

const idParts = ['group', 'version', 'kind', 'name', 'namespace'] as const;
const literal = /^[A-Za-z0-9_/-]*$/;

/** The RE2 expression names the whole text; an empty one names any. */
function matchesWhole(pattern: string, text: string): boolean {
  if (pattern === '') return true;
  return literal.test(pattern) ? pattern === text : matchesPattern(`^(?:${pattern})$`, text) === true;
}

const meets = (id: ResId, selector: SelectorConfig): boolean =>
  idParts.every((part) => matchesWhole(selector[part], id[part]));

function textsAt(object: MapNode, field: string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of pairsOf(nodeAt(object, ['metadata', field])))
    texts.set(key, value.kind === 'scalar' ? value.text : '');
  return texts;
}

/** A selector with its expressions read. */
interface ReadSelector {
  readonly selector: SelectorConfig;
  readonly labels: LabelSelector | undefined;
  readonly annotations: LabelSelector | undefined;
}

function readSelector(selector: SelectorConfig, path: Path, refuse: Refuse): ReadSelector | EngineFault {
  for (const part of idParts) {
    const pattern = selector[part];
    if (literal.test(pattern) || matchesPattern(`^(?:${pattern})$`, '') !== undefined) continue;
    const message = `${pattern} is not a valid regular expression. Flux cannot build this.`;
    return refuse('selector-invalid', message, [...path, part]);
  }
  const read = { labelSelector: undefined, annotationSelector: undefined } as Record<string, LabelSelector | undefined>;
  for (const field of ['labelSelector', 'annotationSelector'] as const) {
    if (selector[field] === '') continue;
    const parsed = parseLabelSelector(selector[field]);
    if (parsed === undefined) {
      const message = `${selector[field]} is not a valid label selector. Flux cannot build this.`;
      return refuse('selector-invalid', message, [...path, field]);
    }
    read[field] = parsed;
  }
  return { selector, labels: read['labelSelector'], annotations: read['annotationSelector'] };
}

function hasLabels({ node }: EngineResource, { labels, annotations }: ReadSelector): boolean {
  return (
    (annotations === undefined || matchesLabels(annotations, textsAt(node, 'annotations'))) &&
    (labels === undefined || matchesLabels(labels, textsAt(node, 'labels')))
  );
}

/**
 * Whether a target of a replacement means a resource (replacement.go, applyReplacement): by any id it has or had,
 * namespaces as written for the present one.
 */
export function targetSelector(
  target: ReplacementTarget & { readonly select: SelectorConfig },
  path: Path,
  refuse: Refuse,
): ((resource: EngineResource) => boolean) | EngineFault {
  const select = readSelector(target.select, [...path, 'select'], refuse);
  if (isFault(select)) return select;
  const rejects: ReadSelector[] = [];
  for (const [index, selector] of target.reject.entries()) {
    const reject = readSelector(selector, [...path, 'reject', index], refuse);
    if (isFault(reject)) return reject;
    rejects.push(reject);
  }
  // A selector that only names labels rejects by those; one that names an id rejects by the id whatever the labels.
  const byLabels = rejects.filter(({ labels, annotations }) => labels !== undefined || annotations !== undefined);
  const byId = rejects.filter(({ selector }) => idParts.some((part) => selector[part] !== ''));
  return (resource) => {
    if (!hasLabels(resource, select) || byLabels.some((one) => hasLabels(resource, one))) return false;
    const ids = allIds(resource);
    if (byId.some(({ selector }) => ids.some((id) => meets(id, selector)))) return false;
    return ids.some((id) => meets(id, select.selector));
  };
}
