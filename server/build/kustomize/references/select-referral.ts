import { isNull } from '../fieldspec/emptiness';
import { isSelected, type GroupVersionKind } from '../fieldspec/field-spec';
import { nodeAt, type MapNode } from '../node';
import { type KnownObject, type ObjectIndex } from './objects';
import { type Referral } from './plan';

/** Several objects with different names could be meant; kustomize refuses to choose. */
export class Ambiguity {
  constructor(readonly candidates: readonly KnownObject[]) {}
}

/** An object whose references are being fixed. */
export interface Referrer {
  readonly object: KnownObject;
  /** Namespaces of the service accounts that a role binding names, which it may refer to beside its own. */
  readonly accountNamespaces: ReadonlySet<string>;
}

function scalarText(map: MapNode, field: string): string | undefined {
  const node = map.entries.get(field);
  return node?.kind === 'scalar' ? node.text : undefined;
}

/** The kind a `roleRef` names; undefined, which accepts all, where its API group or kind is missing. */
function roleRefKind({ object }: Referrer): GroupVersionKind | undefined {
  const roleRef = object.resource.node.entries.get('roleRef');
  if (roleRef?.kind !== 'map' || !roleRef.entries.has('apiGroup') || !roleRef.entries.has('kind')) return undefined;
  return { group: scalarText(roleRef, 'apiGroup') ?? '', version: '', kind: scalarText(roleRef, 'kind') ?? '' };
}

/** One of the former ids is of the kind; group and version are the present ones (api/internal/utils/makeResIds.go). */
function wasOfKind({ resource, id }: KnownObject, wanted: GroupVersionKind): boolean {
  return resource.previousIds.some(({ kind }) => isSelected({ group: id.group, version: id.version, kind }, wanted));
}

/** resWrangler.SubsetThatCouldBeReferencedByResource */
function isWithinReach(candidate: KnownObject, { object, accountNamespaces }: Referrer): boolean {
  if (object.isClusterScoped || candidate.isClusterScoped || candidate.namespace === object.namespace) return true;
  return accountNamespaces.has(candidate.id.namespace);
}

/** Only service accounts and cluster-scoped objects may be named from another namespace. */
function isNamedFromHere(candidate: KnownObject, { object }: Referrer): boolean {
  return (
    object.isClusterScoped ||
    candidate.isClusterScoped ||
    candidate.id.kind === 'ServiceAccount' ||
    candidate.namespace === object.namespace
  );
}

/** Both lists end the same way; an empty one does so only with an empty one (api/internal/utils/stringslice.go). */
function endAlike(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length === 0) return long.length === 0;
  return short.every((text, index) => text === long[long.length - short.length + index]);
}

function haveEqualAffixes(a: KnownObject, b: KnownObject, allowsEmpty: boolean): boolean {
  const fit = (x: readonly string[], y: readonly string[]): boolean =>
    (allowsEmpty && (x.length === 0 || y.length === 0)) || endAlike(x, y);
  return fit(a.resource.prefixes, b.resource.prefixes) && fit(a.resource.suffixes, b.resource.suffixes);
}

/** Candidates in the namespace that stands beside the name: by the original namespaces, else by the present ones. */
function namespaceFilter(namespace: string, referrer: Referrer, index: ObjectIndex): (one: KnownObject) => boolean {
  const originals = index.byOriginalNamespace.get(namespace) ?? [];
  const byOriginal = originals.some((one) => isWithinReach(one, referrer));
  return (one) => !one.isClusterScoped && (byOriginal ? one.originalNamespace : one.namespace) === namespace;
}

/**
 * The object that a name means (api/filters/nameref/nameref.go, selectReferral).
 * @param namespace the text that stands beside the name, where a map holds both
 * @param isSame whether two objects are one for what the reference writes
 * @returns undefined where no object that was renamed is meant
 */
export function selectReferral(
  name: string,
  namespace: string | undefined,
  referral: Referral,
  referrer: Referrer,
  index: ObjectIndex,
  isSame: (a: KnownObject, b: KnownObject) => boolean,
): KnownObject | Ambiguity | undefined {
  const named = index.byFormerName.get(name);
  if (named === undefined) return undefined;
  const isInNamespace = namespace === undefined ? undefined : namespaceFilter(namespace, referrer, index);
  const role = referral.isRoleRef ? roleRefKind(referrer) : undefined;
  let candidates = named.filter(
    (one) =>
      isWithinReach(one, referrer) &&
      (isInNamespace === undefined || isInNamespace(one)) &&
      wasOfKind(one, referral.target) &&
      (role === undefined || wasOfKind(one, role)) &&
      isNamedFromHere(one, referrer),
  );
  if (candidates.length <= 1) return candidates[0];
  candidates = candidates.filter((one) => haveEqualAffixes(one, referrer.object, true));
  if (candidates.length > 1) candidates = candidates.filter((one) => haveEqualAffixes(one, referrer.object, false));
  const [first, ...others] = candidates;
  if (first === undefined || others.every((one) => isSame(first, one))) return first;
  return new Ambiguity(candidates);
}

/**
 * The referrer of an object (resWrangler, getNamespacesForRoleBinding).
 * @returns the index of the subject whose namespace is no text, where there is one
 */
export function referrerOf(object: KnownObject): Referrer | number {
  const accountNamespaces = new Set<string>();
  const subjects = object.id.kind === 'RoleBinding' ? nodeAt(object.resource.node, ['subjects']) : undefined;
  if (subjects?.kind === 'list' && !object.isClusterScoped) {
    for (const [index, subject] of subjects.items.entries()) {
      if (subject.kind !== 'map' || scalarText(subject, 'kind') !== 'ServiceAccount') continue;
      const namespace = subject.entries.get('namespace');
      if (namespace === undefined) continue;
      if (namespace.kind !== 'scalar' || isNull(namespace)) return index;
      accountNamespaces.add(namespace.text);
    }
  }
  return { object, accountNamespaces };
}
