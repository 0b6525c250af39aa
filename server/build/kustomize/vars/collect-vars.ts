import { type Path } from '../../../model/json';
import { type TransformContext } from '../context';
import { isFault, type EngineFault } from '../fault';
import { type VarConfig } from '../kustomization';
import { type EngineResource } from '../resource';
import { allIds, areSameId } from '../transform/identity';

/** The vars known at some step of a build, and the resources marked as the sources of theirs. */
export interface CollectedVars {
  readonly vars: readonly VarConfig[];
  readonly resources: readonly EngineResource[];
}

/** Vars of two builds as one; a name may be used once only (api/types/var.go, VarSet.Merge). */
export function joinVars(
  vars: readonly VarConfig[],
  added: readonly VarConfig[],
  context: TransformContext,
  path: Path,
): readonly VarConfig[] | EngineFault {
  if (added.length === 0) return vars;
  const names = new Set(vars.map(({ name }) => name));
  for (const { name } of added) {
    if (names.has(name)) {
      const message = `A var called ${name} is defined twice. Flux cannot build this.`;
      return context.fault('var-repeated', message, path);
    }
    names.add(name);
  }
  return [...vars, ...added];
}

/** The resources that an objref may mean; without a namespace, those of any namespace (resaccumulator.go, MergeVars). */
function isMeant(resource: EngineResource, { objref }: VarConfig): boolean {
  return allIds(resource).some(
    (id) =>
      id.name === objref.name &&
      id.kind === objref.kind &&
      id.group === objref.group &&
      id.version === objref.version &&
      (objref.namespace === '' || areSameId(id, objref)),
  );
}

/**
 * Adds the vars of a kustomization. Each marks its source now, while that has the name the kustomization knows it by;
 * one without a source is a fault only when it is resolved.
 */
export function collectVars(
  known: CollectedVars,
  incoming: readonly VarConfig[],
  context: TransformContext,
): CollectedVars | EngineFault {
  let { resources } = known;
  for (const [index, one] of incoming.entries()) {
    const matched = resources.filter((resource) => isMeant(resource, one));
    const [source] = matched;
    if (matched.length > 1) {
      const message = `The var ${one.name} may take its value from any of ${String(matched.length)} objects. Flux cannot build this.`;
      return context.fault('var-source-ambiguous', message, ['vars', index, 'objref']);
    }
    if (source === undefined) continue;
    const marked = { ...source, varNames: [...(source.varNames ?? []), one.name] };
    resources = resources.map((resource) => (resource === source ? marked : resource));
  }
  const vars = joinVars(known.vars, incoming, context, ['vars']);
  return isFault(vars) ? vars : { vars, resources };
}
