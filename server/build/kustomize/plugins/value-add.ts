import { isObject, type JsonObject, type Path } from '../../../model/json';
import { baseName } from '../../../model/file-path';
import { type TransformContext } from '../context';
import { isFault, type EngineFault } from '../fault';
import { isNull } from '../fieldspec/emptiness';
import { splitPath } from '../fieldspec/field-spec';
import { configValue } from '../generate/scalar';
import { type SelectorConfig } from '../kustomization';
import { type Node } from '../node';
import { decodeSelector } from '../read/decode-parts';
import { type Decoder } from '../read/decode';
import { indexOfStep, isListMatch, PathProblem, splitListMatch } from '../replacement/field-path';
import { lookup } from '../replacement/lookup';
import { type EngineResource } from '../resource';
import { selectResources } from '../selector';
import { setNamespace } from '../transform/namespace';
import { currentId, describeId } from '../transform/identity';

interface Target {
  readonly selector: SelectorConfig | undefined;
  readonly fieldPath: string;
  readonly position: number;
  readonly path: Path;
}

const targetFields = new Set(['selector', 'fieldPath', 'filePathPosition']);
const configFields = new Set(['value', 'targets', 'targetFilePath']);

/** A path with a part put in (kyaml/filesys/util.go, InsertPathPart); an absolute one stays absolute. */
function inserted(path: string, position: number, part: string): string {
  const parts = path === '' ? [] : path === '/' ? [''] : path.replace(/\/$/, '').split('/');
  let at = Math.min(position, parts.length);
  if (parts[0] === '' && at < parts.length) at++;
  parts.splice(at, 0, part);
  return parts.join('/');
}

/** The tree with the scalar at a path set; missing steps are made (kyaml LookupCreate). */
function setAt(node: Node, steps: readonly string[], set: (place: Node) => Node | PathProblem): Node | PathProblem {
  const [step, ...rest] = steps;
  if (step === undefined) return set(node);
  const { origin } = node;
  const made = (): Node => {
    const next = rest[0];
    if (next === undefined) return { kind: 'scalar', text: '', style: 'plain', origin };
    const isItem = isListMatch(next) || (indexOfStep(next) ?? -1) >= 0;
    return isItem ? { kind: 'list', items: [], origin } : { kind: 'map', entries: new Map(), origin };
  };
  if (isListMatch(step) || indexOfStep(step) !== undefined || step === '-' || step === '*') {
    const found = lookup(node, [step]);
    if (found instanceof PathProblem) return found;
    if (node.kind !== 'list') return node;
    const match = isListMatch(step) ? splitListMatch(step) : undefined;
    if (found === undefined && match === undefined) return node;
    const text = { kind: 'scalar', text: match?.value ?? '', style: 'plain', origin } as const;
    const item: Node =
      found ?? (match?.field === '' ? text : { kind: 'map', entries: new Map([[match?.field ?? '', text]]), origin });
    const changed = setAt(item, rest, set);
    if (changed instanceof PathProblem) return changed;
    const items =
      found === undefined ? [...node.items, changed] : node.items.map((one) => (one === found ? changed : one));
    return { ...node, items };
  }
  if (isNull(node)) return node;
  if (node.kind !== 'map') return new PathProblem('is no map');
  const changed = setAt(node.entries.get(step) ?? made(), rest, set);
  return changed instanceof PathProblem ? changed : { ...node, entries: new Map(node.entries).set(step, changed) };
}

function decodeTargets(decoder: Decoder, object: JsonObject, path: Path): readonly Target[] {
  const fields = decoder.fields(object, path, configFields);
  return decoder.list(fields?.get('targets'), [...path, 'targets'], (one, at) => {
    const target = decoder.fields(one, at, targetFields);
    return {
      selector: decodeSelector(decoder, target?.get('selector'), [...at, 'selector']),
      fieldPath: decoder.text(target?.get('fieldPath'), [...at, 'fieldPath']),
      position: Number(decoder.integer(target?.get('filePathPosition'), [...at, 'filePathPosition'])),
      path: at,
    };
  });
}

function readTargets(decoder: Decoder, config: JsonObject, context: TransformContext): readonly Target[] | EngineFault {
  const own = decodeTargets(decoder, config, []);
  const fields = decoder.fields(config, [], configFields);
  const file = decoder.text(fields?.get('targetFilePath'), ['targetFilePath']);
  let targets = own;
  if (file !== '') {
    const content = context.readFile(file, ['targetFilePath']);
    if (isFault(content)) return content;
    const roots = context.readValues(content.text, { file: content.file }, ['targetFilePath'], 'kustomization');
    if (isFault(roots)) return roots;
    const value = roots[0] && configValue(roots[0]);
    if (isObject(value)) targets = [...own, ...decodeTargets(decoder, value, ['targetFilePath'])];
  }
  const bad = targets.find(({ fieldPath, position }) => fieldPath === '' || position < 0);
  if (targets.length > 0 && bad === undefined) return targets;
  const message = 'This transformer needs targets, each with a fieldPath. Flux cannot build this.';
  return context.fault('plugin-config', message, bad?.path ?? ['targets']);
}

/** Adds a value to fields (ValueAddTransformer.go, api/filters/valueadd). */
export function addValue(
  resources: readonly EngineResource[],
  config: JsonObject,
  decoder: Decoder,
  context: TransformContext,
): readonly EngineResource[] | EngineFault {
  const targets = readTargets(decoder, config, context);
  if (isFault(targets)) return targets;
  const fields = decoder.fields(config, [], configFields);
  const value = decoder.text(fields?.get('value'), ['value']).trim() || baseName(context.directory);
  let all = resources;
  for (const { selector, fieldPath, position, path } of targets) {
    const selected = selector === undefined ? all : selectResources(all, selector, context, [...path, 'selector']);
    if (isFault(selected)) return selected;
    const chosen = new Set(selected);
    const next: EngineResource[] = [];
    for (const resource of all) {
      const made = chosen.has(resource) ? addTo(resource, fieldPath, value, position, path, context) : resource;
      if (isFault(made)) return made;
      next.push(made);
    }
    all = next;
  }
  return all;
}

function addTo(
  resource: EngineResource,
  fieldPath: string,
  value: string,
  position: number,
  path: Path,
  context: TransformContext,
): EngineResource | EngineFault {
  if (fieldPath === 'metadata/namespace') {
    const namespace = { namespace: value, fieldSpecs: [], unsetOnly: false, subjects: 'none', path } as const;
    const made = setNamespace([resource], namespace, context);
    if (isFault(made)) return made;
    // Unlike the NamespaceTransformer, this one leaves no former id behind.
    return { ...(made[0] ?? resource), previousIds: resource.previousIds };
  }
  const steps = splitPath(fieldPath)
    .map((step) => step.trim())
    .filter((step) => step !== '');
  const node = setAt(resource.node, steps, (place) => {
    if (place.kind !== 'scalar') return new PathProblem('is no single value');
    const text = position > 0 ? inserted(place.text, position - 1, value) : value;
    return { kind: 'scalar', text, style: place.style, origin: context.cause('', path, place.origin) };
  });
  if (node instanceof PathProblem || node.kind !== 'map') {
    const message = `${describeId(currentId(resource))} cannot take a value at ${fieldPath}. Flux cannot build this.`;
    return context.fault('field-kind-mismatch', message, path);
  }
  return { ...resource, node };
}
