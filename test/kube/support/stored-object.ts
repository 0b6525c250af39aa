/** What a test put into the API server. */
export interface StoredObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    generation?: number;
    resourceVersion?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string> | undefined;
    managedFields?: unknown;
  };
  [field: string]: unknown;
}

/** A kind that the API server serves. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Group, kind, namespace and name, which tell objects apart. */
export function keyOf({ apiVersion, kind, metadata }: StoredObject): string {
  const slash = apiVersion.indexOf('/');
  return `${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}

/** Whether a list or watch takes in an object; a label selector is empty, or terms `name=value` and `name!=value`. */
export function covers(
  { group, kind }: Resource,
  namespace: string | undefined,
  selector: string,
  object: StoredObject,
): boolean {
  const slash = object.apiVersion.indexOf('/');
  const own = slash < 0 ? '' : object.apiVersion.slice(0, slash);
  const hasLabels = selector
    .split(',')
    .filter(Boolean)
    .every((term) => {
      const [label = '', value] = term.split(/!?=/);
      return (object.metadata.labels?.[label] === value) !== term.includes('!=');
    });
  return (
    own === group &&
    object.kind === kind &&
    (namespace === undefined || object.metadata.namespace === namespace) &&
    hasLabels
  );
}

/** Whether an object fits a field selector, as events are asked for. */
export function matchesFields(object: StoredObject, selector: string | null): boolean {
  return (selector ?? '')
    .split(',')
    .filter(Boolean)
    .every((one) => {
      const [path = '', value] = one.split('=');
      return (
        path.split('.').reduce<unknown>((here, key) => (here as Record<string, unknown> | undefined)?.[key], object) ===
        value
      );
    });
}

/** The object, or its metadata alone. */
export function shown(object: StoredObject, partial: boolean): object {
  return partial ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata } : object;
}
