import { type TransformContext } from '../context';
import { isFault, type EngineFault } from '../fault';
import { applyFieldSpecs, isSpecMismatch } from '../fieldspec/apply';
import { Mismatch, type Edit } from '../fieldspec/edit';
import { isNull } from '../fieldspec/emptiness';
import { type Overwrites } from '../fieldspec/shared-scalar';
import { plainFloat } from '../generate/go-float';
import { meaningOf } from '../generate/scalar';
import { type VarConfig } from '../kustomization';
import { type Node, type ScalarNode } from '../node';
import { type Origin } from '../origin';
import { splitFieldPath, PathProblem } from '../replacement/field-path';
import { lookup } from '../replacement/lookup';
import { type EngineResource } from '../resource';
import { currentId, describeId } from '../transform/identity';
import { type CollectedVars } from './collect-vars';
import { expandVars, type VarLookup, type VarValue } from './expand';

/** `a[0]` is `a.0` (kyaml/yaml/rnode.go, convertSliceIndex). */
function stepsOf(fieldPath: string): readonly string[] {
  return splitFieldPath(fieldPath).flatMap((step) => {
    const index = /^(.*)\[(\d+)\]$/.exec(step);
    if (index === null) return [step];
    return index[1] === '' ? [index[2] ?? ''] : [index[1] ?? '', index[2] ?? ''];
  });
}

/** As strconv.Atoi reads it, which takes a leading zero for nothing. */
function decimal(text: string): bigint | PathProblem {
  const value = /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
  const fits = value !== undefined && value >= -(2n ** 63n) && value < 2n ** 63n;
  return fits ? value : new PathProblem('is no decimal number of 64 bits');
}

/** A value with the type that a var keeps; undefined for maps and lists, which are never put anywhere. */
function typed(node: ScalarNode): VarValue | undefined | PathProblem {
  const { kind, value, isMismatch } = meaningOf(node);
  if (kind === 'int') return decimal(node.text);
  if (kind === 'float' || kind === 'bool')
    return isMismatch === true ? new PathProblem('is not what its tag says') : value;
  return node.text;
}

function valueOf(
  resources: readonly EngineResource[],
  { name, fieldPath }: VarConfig,
  refuse: (code: string, message: string) => EngineFault,
): VarValue | undefined | EngineFault {
  const source = resources.find(({ varNames }) => varNames?.includes(name) === true);
  if (source === undefined) {
    return refuse(
      'var-source-missing',
      `No object is there for the var ${name} to take its value from. Flux cannot build this.`,
    );
  }
  const found = lookup(source.node, stepsOf(fieldPath));
  const isScalar = found !== undefined && !(found instanceof PathProblem) && found.kind === 'scalar';
  const value = isScalar ? typed(found) : undefined;
  if (found === undefined || found instanceof PathProblem || value instanceof PathProblem) {
    const message = `${describeId(currentId(source))} has no value at ${fieldPath} for the var ${name}. Flux cannot build this.`;
    return refuse('var-field-missing', message);
  }
  return value;
}

const tags: Readonly<Record<string, string>> = { bigint: '!!int', number: '!!float', boolean: '!!bool' };

/** Text of the kind vars are looked for in: any but numbers, truths, nulls and the like. */
function isText(node: Node): node is ScalarNode {
  if (node.kind === 'scalar' && node.isBare === true) return true;
  return node.kind === 'scalar' && (node.tag === undefined ? meaningOf(node).kind === 'string' : node.tag === '!!str');
}

/** A text without a var is written again too, which shows where its style or a missing tag matters. */
function rewritten(place: ScalarNode): ScalarNode {
  const { isBare, ...rest } = place;
  const isSame = isBare === undefined && place.style !== 'folded' && place.style !== 'literal';
  return isSame ? place : { ...rest, style: 'plain', tag: '!!str' };
}

/** Replaces in the values that the specs name. */
class Expansion implements Edit {
  readonly makes = undefined;

  constructor(
    private readonly values: VarLookup,
    private readonly cause: (previous: Origin) => Origin,
  ) {}

  #scalar(place: ScalarNode, overwrites: Overwrites): ScalarNode {
    const value = expandVars(place.text, this.values);
    if (value === place.text) return rewritten(place);
    const tag = tags[typeof value] ?? '!!str';
    const text = typeof value === 'number' ? plainFloat(value) : String(value);
    const made: ScalarNode = { ...rewritten(place), text, style: 'plain', tag, origin: this.cause(place.origin) };
    if (place.shared !== undefined) overwrites.set(place.shared, made);
    return made;
  }

  set(place: Node, overwrites: Overwrites): Node | Mismatch {
    if (isNull(place)) return place;
    if (place.kind === 'scalar') return isText(place) ? this.#scalar(place, overwrites) : place;
    if (place.kind === 'map') {
      let entries: Map<string, Node> | undefined;
      for (const [key, value] of place.entries) {
        const made = isText(value) ? this.#scalar(value, overwrites) : value;
        if (made !== value) (entries ??= new Map(place.entries)).set(key, made);
      }
      return entries === undefined ? place : { ...place, entries };
    }
    const items: Node[] = [];
    for (const item of place.items) {
      if (!isText(item)) return new Mismatch('has an item that is no text');
      items.push(this.#scalar(item, overwrites));
    }
    return items.every((item, index) => item === place.items[index]) ? place : { ...place, items };
  }
}

/**
 * The resources with `$(NAME)` replaced where the table of var references says (accumulator ResolveVars). Runs once,
 * at the end of the outermost build; every var must have a value, used or not.
 */
export function resolveVars(
  { vars, resources }: CollectedVars,
  context: TransformContext,
): readonly EngineResource[] | EngineFault {
  if (vars.length === 0) return resources;
  const values = new Map<string, VarValue>();
  for (const one of [...vars].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const value = valueOf(resources, one, (code, message) => context.fault(code, message, ['vars']));
    if (isFault(value)) return value;
    if (value !== undefined) values.set(one.name, value);
  }
  const cause = (previous: Origin): Origin => context.cause('vars', ['vars'], previous);
  const expansion = new Expansion((name) => values.get(name), cause);
  const made: EngineResource[] = [];
  for (const resource of resources) {
    const node = applyFieldSpecs(resource.node, context.config.varReference, expansion, resource.node.origin);
    if (isSpecMismatch(node)) {
      const message = `${describeId(currentId(resource))} cannot take vars at ${node.spec.path}: it ${node.reason}. Flux cannot build this.`;
      return context.fault('field-kind-mismatch', message, ['vars']);
    }
    made.push(node === resource.node ? resource : { ...resource, node });
  }
  return made;
}
