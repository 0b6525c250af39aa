import { type RenderedObject } from '../../build/build';
import { parseResourceKey, resourceKey, type ResourceKey } from '../../model/resource-id';
import { type RenderedCluster } from '../../workspace/cluster';
import { referencesOf } from '../../workspace/references';
import { type ServedSource, servedSources } from '../../workspace/sources/served-sources';
import { kustomizationKeys } from '../kustomizations';

/** A reference of one object to another; `elsewhere`: not here, but things of that kind need not be. */
export interface GraphReference {
  readonly role: string;
  readonly to: ResourceKey;
  readonly state: 'found' | 'missing' | 'elsewhere' | 'unknown';
}

export interface GraphObject {
  readonly object: RenderedObject;
  readonly references: readonly GraphReference[];
}

/** A Flux Kustomization and what it applies; `objects` is undefined when it cannot be rendered. */
export interface GraphKustomization {
  readonly key: ResourceKey;
  /** Folder inside its source. */
  readonly path: string | undefined;
  readonly references: readonly GraphReference[];
  readonly objects: readonly GraphObject[] | undefined;
  /** It is made of sample inputs from the configuration. */
  readonly isSample: boolean;
  /** One sentence each about what is not known. */
  readonly holes: readonly string[];
}

export interface GraphCluster {
  readonly cluster: RenderedCluster['cluster'];
  /** In rendering order. */
  readonly kustomizations: ReadonlyMap<ResourceKey, GraphKustomization>;
  /** Objects that no file of the repository declares and no Kustomization applies: the installation made them. */
  readonly implied: readonly GraphObject[];
  /** Keys of those that nothing else in the cluster applies; the tree starts there. */
  readonly roots: readonly ResourceKey[];
  /** Sources whose files are those of this repository, in the order in which they are read. */
  readonly sources: readonly ServedSource[];
}

/** What a cluster applies and how it hangs together, as rendered. */
export function collectGraph(rendered: RenderedCluster): GraphCluster {
  const kustomizations = new Map<ResourceKey, GraphKustomization>();
  for (const key of kustomizationKeys(rendered)) kustomizations.set(key, collectKustomization(rendered, key));
  const implied = collectImplied(rendered, kustomizations);
  const sources = servedSources(rendered);
  return { cluster: rendered.cluster, kustomizations, implied, roots: findRoots(kustomizations), sources };
}

function collectKustomization(rendered: RenderedCluster, key: ResourceKey): GraphKustomization {
  const build = rendered.builds.get(key);
  const kustomization = rendered.kustomization(key);
  const object = build?.owner.object ?? kustomization?.object;
  return {
    key,
    path: build?.owner.path ?? kustomization?.path,
    references: object === undefined ? [] : collectReferences(rendered, object),
    isSample: object?.isSample === true,
    objects: build?.objects.map((applied) => ({
      object: applied,
      references: collectReferences(rendered, applied),
    })),
    holes: [...new Set(build?.holes.map(({ message }) => message))],
  };
}

function collectImplied(
  rendered: RenderedCluster,
  kustomizations: ReadonlyMap<ResourceKey, GraphKustomization>,
): GraphObject[] {
  const known = new Set<ResourceKey>();
  for (const { objects = [] } of kustomizations.values()) for (const { object } of objects) known.add(object.key);
  const implied: GraphObject[] = [];
  const add = (object: RenderedObject | undefined): void => {
    if (object === undefined || known.has(object.key)) return;
    known.add(object.key);
    implied.push({ object, references: collectReferences(rendered, object) });
  };
  for (const { owner } of rendered.builds.values()) add(owner.object);
  for (const { references } of kustomizations.values()) {
    for (const { to, state } of references) {
      const id = state === 'found' ? parseResourceKey(to) : undefined;
      const lookup = id === undefined ? undefined : rendered.find(id);
      if (lookup?.kind === 'found') add(lookup.objects[0]);
    }
  }
  return implied;
}

function collectReferences(rendered: RenderedCluster, object: RenderedObject): GraphReference[] {
  const seen = new Set<string>();
  return referencesOf(object).flatMap(({ role, target, field }) => {
    const to = resourceKey(target.id);
    // `*` stands for every object of the kind.
    if (target.id.name === '*') return [];
    if (seen.has(`${role} ${to}`)) return [];
    seen.add(`${role} ${to}`);
    const { kind } = rendered.find(target.id);
    return [{ role, to, state: kind === 'missing' && field.expected === 'elsewhere' ? 'elsewhere' : kind }];
  });
}

/** Each one that none before it leads to; they come in rendering order, so a parent stands before its children. */
function findRoots(kustomizations: ReadonlyMap<ResourceKey, GraphKustomization>): ResourceKey[] {
  const roots: ResourceKey[] = [];
  const reached = new Set<ResourceKey>();
  for (const root of kustomizations.keys()) {
    if (!reached.has(root)) roots.push(root);
    const open = [root];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (reached.has(key)) continue;
      reached.add(key);
      for (const { object } of kustomizations.get(key)?.objects ?? []) {
        if (kustomizations.has(object.key)) open.push(object.key);
      }
    }
  }
  return roots;
}
