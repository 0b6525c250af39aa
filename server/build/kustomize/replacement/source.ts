import { type Path } from '../../../model/json';
import { type EngineFault, isFault } from '../fault';
import { isNull, isNullOrEmpty } from '../fieldspec/emptiness';
import { isSelected } from '../fieldspec/field-spec';
import { withText } from '../generate/scalar';
import { type Node } from '../node';
import { type Origin } from '../origin';
import { type EngineResource, type ResId } from '../resource';
import { allIds } from '../transform/identity';
import { type Refuse, type Replacement, type ReplacementSource } from './decode';
import { PathProblem, splitFieldPath } from './field-path';
import { lookup } from './lookup';

/** Text of a value; a null has none (kyaml GetValue). */
export function textOf(node: Node): string {
  return node.kind === 'scalar' && !isNull(node) ? node.text : '';
}

/** Present ids count with the namespace as written, `default` for none (kyaml/resid, IsSelectedBy). */
function isSelectedBy(id: ResId, source: ReplacementSource): boolean {
  return (
    (source.name === '' || source.name === id.name) &&
    (source.namespace === '' || source.namespace === (id.namespace === '' ? 'default' : id.namespace)) &&
    isSelected(id, source)
  );
}

function describe({ kind, name, namespace }: ReplacementSource): string {
  const object = [kind, namespace === '' ? name : `${namespace}/${name}`].filter((part) => part !== '').join(' ');
  return object === '' ? 'anything' : object;
}

function refine(node: Node, source: ReplacementSource, path: Path, refuse: Refuse): Node | EngineFault {
  const { delimiter = '', index = 0 } = source.options ?? {};
  if (delimiter === '') return node;
  if (node.kind !== 'scalar') {
    const message = `${source.fieldPath} of ${describe(source)} is no text that could be split. Flux cannot build this.`;
    return refuse('replacement-delimiter', message, [...path, 'options', 'delimiter']);
  }
  const part = index < 0 ? undefined : textOf(node).split(delimiter)[index];
  if (part !== undefined) return withText(node, part, node.origin);
  const message = `${source.fieldPath} of ${describe(source)} has no part ${String(index)} when split at "${delimiter}". Flux cannot build this.`;
  return refuse('replacement-index', message, [...path, 'options', 'index']);
}

/** What a replacement copies. */
export interface CopiedValue {
  readonly kind: 'copied';
  readonly value: Node;
  /** The object and the steps in it where the value stands; absent for a value of its own. */
  readonly at?: { readonly resource: EngineResource; readonly steps: readonly string[] };
}

function sourceValue(
  resources: readonly EngineResource[],
  source: ReplacementSource,
  path: Path,
  refuse: Refuse,
): CopiedValue | EngineFault {
  const found = resources.filter((one) => allIds(one).some((id) => isSelectedBy(id, source)));
  const [first] = found;
  if (first === undefined) {
    const message = `The source of this replacement, ${describe(source)}, is not there. Flux cannot build this.`;
    return refuse('replacement-source-missing', message, path);
  }
  if (found.length > 1) {
    const message = `The source of this replacement, ${describe(source)}, may be any of ${String(found.length)} objects. Flux cannot build this.`;
    return refuse('replacement-source-ambiguous', message, path);
  }
  const steps = splitFieldPath(source.fieldPath);
  const value = lookup(first.node, steps);
  if (value === undefined || value instanceof PathProblem || isNullOrEmpty(value)) {
    const message = `${describe(source)} has no value at ${source.fieldPath}. Flux cannot build this.`;
    return refuse('replacement-source-field', message, [...path, 'fieldPath']);
  }
  const refined = refine(value, source, path, refuse);
  if (isFault(refined)) return refined;
  return refined === value
    ? { kind: 'copied', value, at: { resource: first, steps } }
    : { kind: 'copied', value: refined };
}

/**
 * The value that a replacement copies (replacement.go, getReplacement).
 * @param own origin of a value that stands in the replacement itself
 */
export function replacementValue(
  resources: readonly EngineResource[],
  replacement: Replacement,
  own: Origin,
  path: Path,
  refuse: Refuse,
): CopiedValue | EngineFault {
  const { source, sourceValue: text } = replacement;
  if (source !== undefined && text !== undefined) {
    const message = 'This replacement has both a source and a sourceValue. Flux cannot build this.';
    return refuse('replacement-source-and-value', message, path);
  }
  if (text !== undefined)
    return { kind: 'copied', value: { kind: 'scalar', text, style: 'plain', isBare: true, origin: own } };
  if (source !== undefined) return sourceValue(resources, source, [...path, 'source'], refuse);
  const message = 'This replacement has no source. Flux cannot build this.';
  return refuse('replacement-incomplete', message, path);
}
