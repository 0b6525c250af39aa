import { pauseEvery, type Steps } from '../../../model/steps';
import { type TransformContext } from '../context';
import { faultAt, isFault, type EngineFault } from '../fault';
import { isNull } from '../fieldspec/emptiness';
import { type ListNode, type MapNode, type Node, type ScalarNode } from '../node';
import { type EngineResource } from '../resource';
import { describeId } from '../transform/identity';
import { indexObjects, know, type KnownObject, type ObjectIndex } from './objects';
import { referencePlan, type Plan, type Referral } from './plan';
import { Ambiguity, referrerOf, selectReferral, type Referrer } from './select-referral';

const haveSameName = (a: KnownObject, b: KnownObject): boolean => a.id.name === b.id.name;

/** A fault of an object: at its document, where it was read from one, else at the kustomization. */
function faultOf({ id, resource }: KnownObject, code: string, what: string, context: TransformContext): EngineFault {
  const message = `${describeId(id)} ${what} Flux cannot build this.`;
  const place = context.origins.placeOf(resource.node.origin);
  return place === undefined ? context.fault(code, message, []) : faultAt(place, code, message);
}

const haveSameNameAndNamespace = (a: KnownObject, b: KnownObject): boolean =>
  haveSameName(a, b) && a.id.namespace === b.id.namespace;

/** Fixes the references that one object holds. Nodes on the way are rebuilt only where a name changes. */
class Repair {
  constructor(
    private readonly referrer: Referrer,
    private readonly index: ObjectIndex,
    private readonly context: TransformContext,
  ) {}

  #fault(code: string, what: string): EngineFault {
    return faultOf(this.referrer.object, code, what, this.context);
  }

  /** The text of a name; what was said of its style stays, and a plain one is read again for its type. */
  #renamed(before: Node | undefined, text: string): ScalarNode {
    const place = before?.kind === 'scalar' ? before : undefined;
    const origin = this.context.cause('nameReference', [], before?.origin);
    return { kind: 'scalar', text, style: place?.style ?? 'plain', origin };
  }

  /** Turns an ambiguous choice into its fault. */
  #decided(
    found: KnownObject | Ambiguity | undefined,
    name: string,
    referral: Referral,
  ): KnownObject | undefined | EngineFault {
    if (!(found instanceof Ambiguity)) return found;
    const candidates = found.candidates.map(({ id }) => describeId(id)).join(', ');
    const what = `names ${name} at ${referral.path}, which may be any of ${candidates}.`;
    return this.#fault('name-reference-ambiguous', what);
  }

  #scalar(node: ScalarNode, referral: Referral): Node | EngineFault {
    const choice = selectReferral(node.text, undefined, referral, this.referrer, this.index, haveSameName);
    const found = this.#decided(choice, node.text, referral);
    if (found === undefined || isFault(found)) return found ?? node;
    return found.id.name === node.text ? node : this.#renamed(node, found.id.name);
  }

  #map(node: MapNode, referral: Referral): Node | EngineFault {
    const name = node.entries.get('name');
    if (name === undefined) {
      return this.#fault('name-reference-without-name', `has an entry without a name at ${referral.path}.`);
    }
    const text = name.kind === 'scalar' ? name.text : '';
    const beside = node.entries.get('namespace');
    const namespace = beside && (beside.kind === 'scalar' ? beside.text : '');
    const isSame = haveSameNameAndNamespace;
    const choice = selectReferral(text, namespace, referral, this.referrer, this.index, isSame);
    const found = this.#decided(choice, text, referral);
    if (found === undefined || isFault(found)) return found ?? node;
    const { id } = found;
    const keepsNamespace = id.namespace === '' || id.namespace === namespace;
    if (id.name === text && keepsNamespace) return node;
    const entries = new Map(node.entries);
    if (id.name !== text) entries.set('name', this.#renamed(name, id.name));
    if (!keepsNamespace) entries.set('namespace', this.#renamed(beside, id.namespace));
    return { ...node, entries };
  }

  /** The value at the end of a path. */
  #value(node: Node, referral: Referral): Node | EngineFault {
    if (isNull(node)) return node;
    if (node.kind === 'scalar') return this.#scalar(node, referral);
    if (node.kind === 'map') return this.#map(node, referral);
    return this.#items(node, (item) => {
      if (isNull(item)) return item;
      if (item.kind === 'scalar') return this.#scalar(item, referral);
      if (item.kind === 'map') return this.#map(item, referral);
      return this.#fault(
        'field-kind-mismatch',
        `holds a list in a list at ${referral.path}, where names are expected.`,
      );
    });
  }

  #items(list: ListNode, fix: (item: Node) => Node | EngineFault): ListNode | EngineFault {
    let items: Node[] | undefined;
    for (const [index, item] of list.items.entries()) {
      const fixed = fix(item);
      if (isFault(fixed)) return fixed;
      if (fixed !== item) (items ??= [...list.items])[index] = fixed;
    }
    return items === undefined ? list : { ...list, items };
  }

  /** The node with all references below it fixed. */
  walk(node: Node, plan: Plan): Node | EngineFault {
    let here = node;
    for (const referral of plan.referrals) {
      const fixed = this.#value(here, referral);
      if (isFault(fixed)) return fixed;
      here = fixed;
    }
    if (plan.steps.length === 0 || isNull(here)) return here;
    if (here.kind === 'map') return this.#steps(here, plan);
    if (here.kind === 'list') {
      const below: Plan = plan.referrals.length === 0 ? plan : { ...plan, referrals: [] };
      return this.#items(here, (item) => this.walk(item, below));
    }
    return this.#fault('field-kind-mismatch', `holds a single value at ${plan.path}, where a map or a list is needed.`);
  }

  #steps(map: MapNode, plan: Plan): Node | EngineFault {
    let entries: Map<string, Node> | undefined;
    for (const { name, makesList, next } of plan.steps) {
      const field = (entries ?? map.entries).get(name);
      if (field === undefined) {
        if (name !== '') continue;
        return this.#fault('field-path', 'is met by a name reference with an empty step in its path.');
      }
      const start: Node = makesList && isNull(field) ? { kind: 'list', items: [], origin: field.origin } : field;
      const fixed = this.walk(start, next);
      if (isFault(fixed)) return fixed;
      if (fixed !== field) (entries ??= new Map(map.entries)).set(name, fixed);
    }
    return entries === undefined ? map : { ...map, entries };
  }
}

/**
 * The resources with every name that refers to a renamed object brought up to date
 * (api/internal/accumulator/namereferencetransformer.go). Runs once, at the end of the outermost build.
 * @param all the objects that names may mean, the resources among them
 */
export function* fixReferences(
  resources: readonly EngineResource[],
  all: readonly EngineResource[],
  context: TransformContext,
): Steps<readonly EngineResource[] | EngineFault> {
  const table = context.config.nameReference;
  if (table.length === 0) return resources;
  let index: ObjectIndex | undefined;
  const fixed: EngineResource[] = [];
  for (const resource of resources) {
    if (fixed.length % pauseEvery === 0) yield;
    const object = know(resource);
    const { group, version } = object.id;
    const plan = referencePlan(table, { group, version, kind: resource.previousIds[0]?.kind ?? object.id.kind });
    if (plan.steps.length === 0 && plan.referrals.length === 0) {
      fixed.push(resource);
      continue;
    }
    const referrer = referrerOf(object);
    if (typeof referrer === 'number') {
      return faultOf(object, 'subject-namespace', 'names a service account without a namespace text.', context);
    }
    index ??= yield* indexObjects(all);
    const node = new Repair(referrer, index, context).walk(resource.node, plan);
    if (isFault(node)) return node;
    fixed.push(node === resource.node || node.kind !== 'map' ? resource : { ...resource, node });
  }
  return fixed;
}
