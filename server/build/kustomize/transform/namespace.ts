import { type Path } from '../../../model/json';
import { type TransformContext } from '../context';
import { type EngineFault, isFault } from '../fault';
import { type Edit, Mismatch, setScalar } from '../fieldspec/edit';
import { isNull, isNullOrEmpty } from '../fieldspec/emptiness';
import { type Overwrites } from '../fieldspec/shared-scalar';
import { type MapNode, type Node, withEntry } from '../node';
import { type EngineResource } from '../resource';
import { type FieldSpec } from '../transformer-config';
import { causeAt, editFields, type Site } from './edit-resource';
import { currentId, describeId, effectiveNamespace, kindOf, originalId, storePreviousId } from './identity';
import { isClusterScoped } from '../tables/cluster-scoped-kinds';

export interface NamespaceConfig {
  readonly namespace: string;
  readonly fieldSpecs: readonly FieldSpec[];
  /** True: only where no namespace is written. Can be asked for by a NamespaceTransformer object alone. */
  readonly unsetOnly: boolean;
  /** Which subjects of role bindings get it. */
  readonly subjects: 'defaultOnly' | 'allServiceAccounts' | 'none';
  /** To the namespace in the configuration. */
  readonly path: Path;
}

const ownNamespace: FieldSpec = { group: '', version: '', kind: '', path: 'metadata/namespace', create: true };
const bindings: ReadonlySet<string> = new Set(['RoleBinding', 'ClusterRoleBinding']);

/** Sets the namespace (api/filters/namespace and NamespaceTransformer.go). */
export function setNamespace(
  resources: readonly EngineResource[],
  config: NamespaceConfig,
  context: TransformContext,
): readonly EngineResource[] | EngineFault {
  if (config.namespace === '') return resources;
  const site: Site = { field: 'namespace', path: config.path };
  const cause = causeAt(site, context);
  const compose = (before: string) => (config.unsetOnly && before !== '' ? undefined : config.namespace);
  const edit: Edit = { makes: 'scalar', set: setScalar(compose, '!!str', cause) };
  const edited = [...resources];
  const clashes = new Clashes(resources);
  const made = context.made(`namespace ${config.path.join('/')}`);
  const move = (resource: EngineResource): EngineResource | EngineFault => {
    const stored = storePreviousId(resource);
    const id = kindOf(resource.node);
    const own = resource.scope === 'cluster' || isClusterScoped(id) ? [] : [ownNamespace];
    const isBinding = bindings.has(id.kind);
    const specs = config.fieldSpecs.filter(
      ({ path, kind }) =>
        path !== 'metadata/namespace' &&
        (path !== 'metadata/name' || resourceVersion(resource) === 'v1') &&
        !(isBinding && bindings.has(kind) && path === 'subjects/namespace'),
    );
    const moved = editFields(stored, [...own, ...specs], edit, site, context, cause);
    if (isFault(moved)) return moved;
    const bound = isBinding ? setSubjects(moved, config.subjects, edit) : moved;
    if (bound instanceof Mismatch) {
      const message = `The subjects of ${describeId(currentId(resource))} cannot get a namespace: one ${bound.reason}. Flux cannot build this.`;
      return context.fault('field-kind-mismatch', message, site.path);
    }
    return bound;
  };
  for (const [index, resource] of resources.entries()) {
    const bound = made.get(resource) ?? move(resource);
    if (isFault(bound)) return bound;
    made.set(resource, bound);
    edited[index] = bound;
    if (clashes.has(resource, bound)) {
      const message = `${describeId(originalId(resource))} would get the id of another object in namespace ${config.namespace}. Flux cannot build this.`;
      return context.fault('namespace-id-conflict', message, site.path);
    }
  }
  return edited;
}

function resourceVersion({ node }: EngineResource): string {
  const { group, version } = kindOf(node);
  return group === '' ? version : `${group}/${version}`;
}

/** Counts how many objects have an id while objects change theirs one by one. */
class Clashes {
  private readonly counts = new Map<string, number>();

  constructor(resources: readonly EngineResource[]) {
    for (const resource of resources) this.add(resource, 1);
  }

  /** True when the id of the changed object is now that of another one too. */
  has(before: EngineResource, after: EngineResource): boolean {
    this.add(before, -1);
    return this.add(after, 1) !== 1;
  }

  private add(resource: EngineResource, count: number): number {
    const id = currentId(resource);
    const key = [id.group, id.version, id.kind, id.name, effectiveNamespace(id)].join('\n');
    const sum = (this.counts.get(key) ?? 0) + count;
    this.counts.set(key, sum);
    return sum;
  }
}

function setSubjects(
  resource: EngineResource,
  mode: NamespaceConfig['subjects'],
  edit: Edit,
): EngineResource | Mismatch {
  const subjects = resource.node.entries.get('subjects');
  if (mode === 'none' || subjects === undefined || isNull(subjects)) return resource;
  if (subjects.kind !== 'list') return new Mismatch('is not in a list');
  const [field, wanted] =
    mode === 'allServiceAccounts' ? (['kind', 'ServiceAccount'] as const) : (['name', 'default'] as const);
  const items: Node[] = [];
  for (const subject of subjects.items) {
    const result = setSubject(subject, field, wanted, edit);
    if (result instanceof Mismatch) return result;
    items.push(result);
  }
  if (items.every((item, index) => item === subjects.items[index])) return resource;
  return { ...resource, node: withEntry(resource.node, 'subjects', { ...subjects, items }) };
}

function setSubject(subject: Node, field: string, wanted: string, edit: Edit): Node | Mismatch {
  if (isNull(subject)) return subject;
  if (subject.kind !== 'map') return new Mismatch('is no map');
  const found = subject.entries.get(field);
  if (found === undefined || isNull(found)) return subject;
  if (found.kind !== 'scalar') return new Mismatch(`has a ${field} that is no text`);
  if (found.text !== wanted) return subject;
  const overwrites: Overwrites = new Map();
  const before = subject.entries.get('namespace') ?? emptyText(subject);
  const after = edit.set(isNullOrEmpty(before) && before.kind === 'scalar' ? emptyText(subject) : before, overwrites);
  return after instanceof Mismatch ? after : withEntry(subject, 'namespace', after);
}

function emptyText({ origin }: MapNode): Node {
  return { kind: 'scalar', text: '', style: 'plain', tag: '!!str', origin };
}

/** `namespace` of a kustomization. */
export function transformNamespace(
  resources: readonly EngineResource[],
  { namespace }: { readonly namespace: string },
  context: TransformContext,
): readonly EngineResource[] | EngineFault {
  const fieldSpecs = context.config.namespace;
  const config: NamespaceConfig = {
    namespace,
    fieldSpecs,
    unsetOnly: false,
    subjects: 'defaultOnly',
    path: ['namespace'],
  };
  return setNamespace(resources, config, context);
}
