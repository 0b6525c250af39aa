import { type Steps } from '../../model/steps';
import { collectConfigObjects } from './accumulate-entries';
import { isFault, type EngineFault } from './fault';
import { isNullOrEmpty } from './fieldspec/emptiness';
import { type KustomizationContext } from './kustomization-context';
import { type Kustomization, type PatchConfig } from './kustomization';
import { makerOf, noteTransformer } from './metadata/build-origins';
import { runPluginTransformers } from './plugins/run-plugins';
import { configuredIn, type Target } from './target';
import { applyReplacements } from './replacement/apply-replacements';
import { type EngineResource } from './resource';
import { transformImages } from './transform/images';
import { transformAnnotations, transformLabels } from './transform/labels';
import { transformNames } from './transform/name-affixes';
import { transformNamespace } from './transform/namespace';
import { transformPatches } from './transform/patches';
import { transformPatchesJson6902 } from './transform/patches-json6902';
import { transformPatchesStrategicMerge } from './transform/patches-strategic-merge';
import { transformReplicas } from './transform/replicas';

type Resources = readonly EngineResource[];

interface Step {
  /** Kind of the built-in transformer that does it. */
  readonly kind: string;
  /** How many of them kustomize makes for a kustomization; it notes each. */
  readonly count: (kustomization: Kustomization) => number;
  readonly run: (
    resources: Resources,
    kustomization: Kustomization,
    context: KustomizationContext,
  ) => Resources | EngineFault;
}

const one = (isAsked: boolean): number => (isAsked ? 1 : 0);

/** In the order of kusttarget_configplugin.go, `configureBuiltinTransformers`. */
const steps: readonly Step[] = [
  {
    kind: 'PatchStrategicMergeTransformer',
    count: ({ patchesStrategicMerge }) => one(patchesStrategicMerge.length > 0),
    run: transformPatchesStrategicMerge,
  },
  { kind: 'PatchTransformer', count: ({ patches }) => patches.length, run: transformPatches },
  { kind: 'NamespaceTransformer', count: ({ namespace }) => one(namespace !== ''), run: transformNamespace },
  {
    kind: 'PrefixTransformer',
    count: ({ namePrefix }) => one(namePrefix !== ''),
    run: (resources, { namePrefix }, context) => transformNames(resources, { namePrefix, nameSuffix: '' }, context),
  },
  {
    kind: 'SuffixTransformer',
    count: ({ nameSuffix }) => one(nameSuffix !== ''),
    run: (resources, { nameSuffix }, context) => transformNames(resources, { namePrefix: '', nameSuffix }, context),
  },
  {
    kind: 'LabelTransformer',
    // The last is the one of commonLabels, there even where only labels are written.
    count: ({ labels, commonLabels }) => (labels.length + commonLabels.size > 0 ? labels.length + 1 : 0),
    run: transformLabels,
  },
  {
    kind: 'AnnotationsTransformer',
    count: ({ commonAnnotations }) => one(commonAnnotations.size > 0),
    run: transformAnnotations,
  },
  {
    kind: 'PatchJson6902Transformer',
    count: ({ patchesJson6902 }) => patchesJson6902.length,
    run: transformPatchesJson6902,
  },
  { kind: 'ReplicaCountTransformer', count: ({ replicas }) => replicas.length, run: transformReplicas },
  { kind: 'ImageTagTransformer', count: ({ images }) => images.length, run: transformImages },
  {
    kind: 'ReplacementTransformer',
    count: ({ replacements }) => one(replacements.length > 0),
    run: (resources, { replacements }, context) => applyReplacements(resources, replacements, context),
  },
];

/** The resources after the transformers that a kustomization asks for; emptied ones are dropped after each. */
export function* runTransformers(
  target: Target,
  resources: Resources,
  context: KustomizationContext,
): Steps<Resources | EngineFault> {
  const { session, loaded, noted } = target;
  const { kustomization } = loaded;
  let so = resources;
  for (const { kind, count, run } of steps) {
    const times = count(kustomization);
    if (times === 0) continue;
    const maker = noted && { configuredIn: configuredIn(noted.path, loaded), apiVersion: 'builtin', kind };
    const note = (made: Resources, count: number): Resources =>
      noted === undefined || maker === undefined ? made : noteTransformer(made, maker, count, noted.origin);
    // A patch may take away what was noted before it.
    const isNotedEach = noted !== undefined && (kind === 'PatchTransformer' || kind === 'PatchJson6902Transformer');
    let next = isNotedEach
      ? runOneByOne(kind, run, so, target, context, (made) => note(withoutEmpty(made), 1))
      : run(so, kustomization, context);
    if (isFault(next) && session.keepsGoing)
      next = runOneByOne(kind, run, so, target, context) ?? session.attempt(next, so);
    if (next === undefined) continue;
    if (isFault(next)) return next;
    so = isNotedEach ? next : note(withoutEmpty(next), times);
    yield;
  }
  if (kustomization.transformers.length === 0) return so;
  return session.attempt(yield* runConfigured(target, so, context), so);
}

/** The resources after the transformers that `transformers` asks for with objects. */
function* runConfigured(
  target: Target,
  resources: Resources,
  context: KustomizationContext,
): Steps<Resources | EngineFault> {
  const objects = yield* collectConfigObjects(target, 'transformers');
  if (isFault(objects)) return objects;
  if (target.noted === undefined) return runPluginTransformers(resources, objects, context);
  let so = resources;
  for (const object of objects) {
    const next = runPluginTransformers(so, [object], context);
    if (isFault(next)) return next;
    const maker = makerOf(object);
    so = maker === undefined ? next : noteTransformer(next, maker, 1, target.noted.origin);
  }
  return so;
}

const patchLists: Readonly<Record<string, 'patches' | 'patchesStrategicMerge' | 'patchesJson6902'>> = {
  PatchTransformer: 'patches',
  PatchStrategicMergeTransformer: 'patchesStrategicMerge',
  PatchJson6902Transformer: 'patchesJson6902',
};
// A patch without content changes nothing and keeps the places of the others in their list.
const noPatch = '#\n';
const noPatchConfig: PatchConfig = { path: '', patch: noPatch, target: undefined, options: undefined };

/** The patches of a step each by itself, so that one that fails costs no other; undefined for steps that take none. */
function runOneByOne(
  kind: string,
  run: Step['run'],
  resources: Resources,
  { session, loaded }: Target,
  context: KustomizationContext,
  after: (made: Resources) => Resources = (made) => made,
): Resources | EngineFault | undefined {
  const { kustomization } = loaded;
  const none = { ...kustomization, patches: [], patchesStrategicMerge: [], patchesJson6902: [] };
  const list = patchLists[kind];
  if (list === undefined) return undefined;
  let so = resources;
  for (const index of kustomization[list].keys()) {
    const only =
      list === 'patchesStrategicMerge'
        ? { ...none, [list]: kustomization[list].map((patch, at) => (at === index ? patch : noPatch)) }
        : { ...none, [list]: kustomization[list].map((patch, at) => (at === index ? patch : noPatchConfig)) };
    const next = session.attempt(run(so, only, context), so);
    if (isFault(next)) return next;
    so = after(next);
  }
  return so;
}

/** The resources without those that a patch emptied. */
function withoutEmpty(resources: Resources): Resources {
  return resources.some(({ node }) => isNullOrEmpty(node))
    ? resources.filter(({ node }) => !isNullOrEmpty(node))
    : resources;
}
