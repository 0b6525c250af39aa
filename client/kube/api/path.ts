/** A kind as the server serves it. */
export interface ServedKind {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Kinds of Kubernetes that are asked for by name, in the version that every supported release serves. */
export const coreKinds = {
  pod: { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true },
  event: { group: '', version: 'v1', kind: 'Event', plural: 'events', namespaced: true },
  deployment: { group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments', namespaced: true },
} as const satisfies Readonly<Record<string, ServedKind>>;

/**
 * Where objects of a kind are, from the server's root. Each part is encoded, so that no name can lead elsewhere.
 * @param namespace undefined: all namespaces, or a kind of cluster scope
 * @param rest name of the object and of a subresource
 */
export function pathOf(
  { group, version, plural }: Pick<ServedKind, 'group' | 'version' | 'plural'>,
  namespace: string | undefined,
  ...rest: readonly string[]
): string {
  const root = group === '' ? ['api', version] : ['apis', group, version];
  const parts = [
    ...root,
    ...(namespace === undefined || namespace === '' ? [] : ['namespaces', namespace]),
    plural,
    ...rest,
  ];
  return `/${parts.map(part).join('/')}`;
}

function part(text: string): string {
  // `.` and `..` would be resolved away by the URL.
  return /^\.\.?$/.test(text) ? text.replaceAll('.', '%2E%2E') : encodeURIComponent(text);
}
