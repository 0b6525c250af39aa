import { type Steps } from '../../model/steps';
import { collectConfigObjects, runComponents, runResources } from './accumulate-entries';
import { joinConfigs, loadConfigurations } from './configuration/load-configurations';
import { loadCrds } from './configuration/load-crds';
import { isDivisible } from './earlier-build';
import { isFault, type EngineFault } from './fault';
import { runGenerators } from './generate/run-generators';
import { KustomizationContext } from './kustomization-context';
import { makerOf, noteGenerators, noteNew } from './metadata/build-origins';
import { runPluginGenerators, runValidators } from './plugins/run-plugins';
import { withScope } from './read/resources';
import { type EngineResource } from './resource';
import { type TransformerConfig } from './transformer-config';
import { configuredIn, type Accumulation, type Target } from './target';
import { joinTables } from './join-tables';
import { runTransformers } from './run-transformers';
import { collectVars } from './vars/collect-vars';

/**
 * Carries a kustomization out, without what happens once at the end (kusttarget.go, `accumulateTarget`): resources,
 * tables, generators, components, transformers, validators, vars. A component starts from its parent's accumulation.
 */
export function* accumulate(target: Target, start: Accumulation): Steps<Accumulation | EngineFault> {
  const { session, loaded } = target;
  if (session.earlier !== undefined && !isDivisible(loaded.kustomization)) {
    const message = 'What this kustomization makes of one object depends on others.';
    return new KustomizationContext(session, loaded, start.config).fault('not-in-part', message, []);
  }
  const read = yield* runResources(target, start);
  if (isFault(read)) return read;
  // A base may have brought the schema by which kinds of objects before it have no namespace.
  const hasSchema = session.schema !== undefined;
  const entered = hasSchema ? { ...read, resources: read.resources.map((one) => withScope(one, session)) } : read;
  let context = new KustomizationContext(session, loaded, entered.config);
  const configured = session.attempt(mergeTables(entered.config, target, context), entered.config);
  if (isFault(configured)) return configured;
  context = context.with(configured);
  const generated = session.attempt(yield* generate(target, entered.resources, context), entered.resources);
  if (isFault(generated)) return generated;
  const joined = yield* runComponents(target, { ...entered, config: configured, resources: generated });
  if (isFault(joined)) return joined;
  context = context.with(joined.config);
  const resources = yield* runTransformers(target, joined.resources, context);
  if (isFault(resources)) return resources;
  const validated = session.attempt(yield* validate(target, resources, context), resources);
  if (isFault(validated)) return validated;
  const known = { vars: joined.vars, resources: validated };
  const collected = session.attempt(collectVars(known, loaded.kustomization.vars, context), known);
  return isFault(collected) ? collected : { ...joined, ...collected };
}

function mergeTables(
  config: TransformerConfig,
  { loaded }: Target,
  context: KustomizationContext,
): TransformerConfig | EngineFault {
  const { configurations, crds } = loaded.kustomization;
  const own = loadConfigurations(configurations, context);
  if (isFault(own)) return own;
  const joined = joinTables(config, own, context, ['configurations']);
  if (isFault(joined) || crds.length === 0) return joined;
  const defined = loadCrds(crds, context);
  return isFault(defined) ? defined : joinConfigs(joined, defined, context, ['crds']);
}

function* generate(
  target: Target,
  resources: readonly EngineResource[],
  context: KustomizationContext,
): Steps<readonly EngineResource[] | EngineFault> {
  const { session, loaded, noted } = target;
  const { kustomization } = loaded;
  if (kustomization.helmCharts.length > 0) {
    const message = 'Flux does not render helmCharts in a kustomization, and refuses to build it. Use a HelmRelease.';
    const helm = session.attempt<undefined>(context.fault('helm-charts', message, ['helmCharts']), undefined);
    if (helm !== undefined) return helm;
  }
  let made = runGenerators(resources, kustomization, context);
  if (isFault(made)) return made;
  if (noted !== undefined && made !== resources) {
    made = noteGenerators(resources, made, kustomization, configuredIn(noted.path, loaded), noted.origin);
  }
  if (kustomization.generators.length === 0) return made;
  const objects = yield* collectConfigObjects(target, 'generators');
  if (isFault(objects)) return objects;
  if (noted === undefined) return runPluginGenerators(made, objects, context);
  for (const object of objects) {
    const before = made;
    const next = runPluginGenerators(before, [object], context);
    if (isFault(next)) return next;
    made = noteNew(before, next, makerOf(object), noted.origin);
  }
  return made;
}

function* validate(
  target: Target,
  resources: readonly EngineResource[],
  context: KustomizationContext,
): Steps<readonly EngineResource[] | EngineFault> {
  if (target.loaded.kustomization.validators.length === 0) return resources;
  const objects = yield* collectConfigObjects(target, 'validators');
  return isFault(objects) ? objects : runValidators(resources, objects, context);
}
