import { isObject, type JsonObject, type Path } from '../../../model/json';
import { type TransformContext } from '../context';
import { emitObject } from '../emit/emit';
import { isFault, type EngineFault } from '../fault';
import { isNullOrEmpty } from '../fieldspec/emptiness';
import { absorbGenerated } from '../generate/absorb';
import { valueOfNode } from '../generate/go-json';
import { nodeAt, withEntry, type MapNode, type Node } from '../node';
import { type Decoder } from '../read/decode';
import { type EngineResource } from '../resource';
import { currentId, describeId } from '../transform/identity';
import { pluginGenerators } from './generators';
import { LenientDecoder } from './lenient-decoder';
import { PluginContext } from './plugin-context';
import { pluginTransformers } from './transformers';

type Resources = readonly EngineResource[];
type Field = 'generators' | 'transformers' | 'validators';

/** A configuration object, ready to be carried out. */
interface Plugin {
  readonly kind: string;
  readonly config: JsonObject;
  readonly context: PluginContext;
}

/** The plug-in an object asks for; Flux runs those alone that are part of kustomize (plugins/loader/loader.go). */
function load(object: EngineResource, field: Field, context: TransformContext): Plugin | EngineFault {
  const { group, version, kind } = currentId(object);
  const own = new PluginContext(context, kind, object.node, [field]);
  if (group !== '' || version !== 'builtin') {
    const message = `${kind} is no plug-in that is part of kustomize, and Flux runs no others. Flux cannot build this.`;
    return own.fault('plugin-external', message, ['kind']);
  }
  if (kind === 'HelmChartInflationGenerator') {
    return own.fault('helm-disabled', 'Flux does not render Helm charts here. Flux cannot build this.', ['kind']);
  }
  const isKnown = pluginGenerators.has(kind) || pluginTransformers.has(kind);
  const isRight = field === 'generators' ? pluginGenerators.has(kind) : pluginTransformers.has(kind);
  if (!isRight) {
    const what = isKnown ? (field === 'generators' ? 'no generator' : 'no transformer') : 'not known to kustomize';
    return own.fault('plugin-kind', `${kind} is ${what}. Flux cannot build this.`, ['kind']);
  }
  const written = emitObject(object.node, context.go);
  if ('reason' in written) {
    return own.fault(
      'plugin-config',
      `${written.text} cannot be written as JSON. Flux cannot build this.`,
      written.path,
    );
  }
  const config = valueOfNode(object.node);
  return { kind, config: isObject(config) ? config : new Map(), context: own };
}

function loadAll(objects: Resources, field: Field, context: TransformContext): readonly Plugin[] | EngineFault {
  const plugins: Plugin[] = [];
  for (const object of objects) {
    const plugin = load(object, field, context);
    if (isFault(plugin)) return plugin;
    plugins.push(plugin);
  }
  return plugins;
}

function misfit(decoder: Decoder, { context }: Plugin): EngineFault | undefined {
  const { problem } = decoder;
  return problem && context.fault('plugin-config', `${problem.message} Flux cannot build this.`, problem.path);
}

/** The resources with what the generators among the objects make added or merged in. */
export function runPluginGenerators(
  resources: Resources,
  objects: Resources,
  context: TransformContext,
): Resources | EngineFault {
  const plugins = loadAll(objects, 'generators', context);
  if (isFault(plugins)) return plugins;
  let all = resources;
  for (const plugin of plugins) {
    const decoder = new LenientDecoder();
    const made = pluginGenerators.get(plugin.kind)?.(plugin.config, decoder, plugin.context);
    const wrong = misfit(decoder, plugin);
    if (wrong !== undefined) return wrong;
    if (made === undefined || isFault(made)) return made ?? all;
    const absorbed = absorbGenerated(all, made, { path: [] satisfies Path }, plugin.context);
    if (isFault(absorbed)) return absorbed;
    all = absorbed;
  }
  return all;
}

/** The resources after the transformers among the objects, one after the other. */
export function runPluginTransformers(
  resources: Resources,
  objects: Resources,
  context: TransformContext,
  field: 'transformers' | 'validators' = 'transformers',
): Resources | EngineFault {
  const plugins = loadAll(objects, field, context);
  if (isFault(plugins)) return plugins;
  let all = resources;
  for (const plugin of plugins) {
    const decoder = new LenientDecoder();
    const run = pluginTransformers.get(plugin.kind)?.(plugin.config, decoder);
    const wrong = misfit(decoder, plugin);
    if (wrong !== undefined) return wrong;
    const made = run?.(all, plugin.context) ?? all;
    const late = misfit(decoder, plugin);
    if (late !== undefined) return late;
    if (isFault(made)) return made;
    all = made.some(({ node }) => isNullOrEmpty(node)) ? made.filter(({ node }) => !isNullOrEmpty(node)) : made;
  }
  return all;
}

/** Two maps hold the identical values: kustomize takes a value for changed that was set to what it was. */
function areUntouched(a: Node | undefined, b: Node): boolean {
  if (a === b) return true;
  if (a?.kind !== 'map' || b.kind !== 'map' || a.entries.size !== b.entries.size) return false;
  return [...b.entries].every(([key, value]) => areUntouched(a.entries.get(key), value));
}

/** The object without the label by which validators may leave their mark, where it had no labels before. */
function unmarked(node: MapNode, before: MapNode): MapNode {
  const metadata = nodeAt(node, ['metadata']);
  const labels = nodeAt(metadata, ['labels']);
  if (metadata?.kind !== 'map' || labels?.kind !== 'map' || nodeAt(before, ['metadata', 'labels'])) return node;
  const isMark = labels.entries.size === 1 && labels.entries.has('validated-by');
  return isMark ? withEntry(node, 'metadata', withEntry(metadata, 'labels', undefined)) : node;
}

/** Runs validators: transformers that may add the label `validated-by` and nothing else (kusttarget.go, runValidators). */
export function runValidators(
  resources: Resources,
  objects: Resources,
  context: TransformContext,
): Resources | EngineFault {
  let all = resources;
  for (const object of objects) {
    const made = runPluginTransformers(all, [object], context, 'validators');
    if (isFault(made)) return made;
    const isSame = (one: EngineResource, index: number): boolean => {
      const before = all[index];
      return (
        before !== undefined &&
        areUntouched(before.node, unmarked(one.node, before.node)) &&
        before.previousIds.length === one.previousIds.length
      );
    };
    if (made.length !== all.length || !made.every(isSame)) {
      const message = `The validator ${describeId(currentId(object))} changes objects, which validators must not. Flux cannot build this.`;
      return context.fault('validator-changes', message, ['validators']);
    }
    all = made;
  }
  return all;
}
