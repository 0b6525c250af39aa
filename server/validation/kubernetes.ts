import { type Schema } from '../../schemas/schema';
import { anyObject } from './metadata';
import { objectMeta } from './object-meta';

/** One kind of Kubernetes itself. */
export interface KubernetesKind {
  readonly schema: Schema;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
}

/** The kinds of the Kubernetes release that the schemas were generated from. */
export interface Kubernetes {
  /** `1.36` */
  readonly release: string;
  /** undefined when the release does not serve the kind in this version. */
  find: (group: string, version: string, kind: string) => KubernetesKind | undefined;
  /** The versions in which the kind is served; empty for an unknown kind. */
  versionsOf: (group: string, kind: string) => readonly string[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Bundle {
  readonly release: string;
  readonly kinds: Readonly<Record<string, { schema: string; plural: string; scope: 'Namespaced' | 'Cluster' }>>;
  readonly definitions: Readonly<Record<string, Mutable<Schema>>>;
}

type Docs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Puts the content of a definition in the place that names it. Places share the content but stay objects of their
 * own, so that each keeps its description; definitions that contain themselves become cycles.
 */
function fillIn(place: Mutable<Schema>, bundle: Bundle): void {
  const { ref, items, additionalProperties } = place;
  if (ref !== undefined) {
    const definition = bundle.definitions[ref];
    if (definition !== undefined) Object.assign(place, definition, { ref });
  }
  if (items !== undefined) fillIn(items, bundle);
  if (typeof additionalProperties === 'object') fillIn(additionalProperties, bundle);
}

function link(bundle: Bundle): void {
  const { definitions } = bundle;
  for (const definition of Object.values(definitions))
    for (const field of Object.values(definition.properties ?? {})) fillIn(field, bundle);
  const metadata = definitions['V1ObjectMeta'];
  for (const { schema } of Object.values(bundle.kinds)) {
    const kind = definitions[schema];
    if (kind === undefined || metadata === undefined) continue;
    const required = new Set([...(anyObject.required ?? []), ...(kind.required ?? [])]);
    kind.required = [...required];
    kind.properties = { ...kind.properties, metadata: objectMeta };
  }
}

function describe(bundle: Bundle, docs: Docs): void {
  for (const [name, definition] of Object.entries(bundle.definitions)) {
    const own = docs[name];
    for (const [field, place] of Object.entries<Mutable<Schema>>(definition.properties ?? {})) {
      // The client drops the text of fields whose type is a definition; that of the definition is the next best.
      const text = own?.[field] ?? (place.ref === undefined ? undefined : docs[place.ref]?.['']);
      if (text !== undefined && place !== objectMeta) place.description = text;
    }
    if (own?.[''] !== undefined) definition.description = own[''];
  }
}

/**
 * Reads the generated schemas of Kubernetes' own kinds (`dist/schemas/kubernetes.json`). The text is asked for and
 * parsed at the first question; the descriptions (`kubernetes-docs.json`) only by `describe`, as hover needs them.
 */
export function loadKubernetes(text: () => string, docs?: () => string): Kubernetes & { describe: () => void } {
  let bundle: Bundle | undefined;
  let described = false;
  const loaded = (): Bundle => {
    if (bundle === undefined) {
      bundle = JSON.parse(text()) as Bundle;
      link(bundle);
    }
    return bundle;
  };
  return {
    get release() {
      return loaded().release;
    },
    find: (group, version, kind) => {
      const { kinds, definitions } = loaded();
      const key = `${group}/${version}/${kind}`;
      const entry = Object.hasOwn(kinds, key) ? kinds[key] : undefined;
      const schema = entry && definitions[entry.schema];
      return entry && schema && { schema, plural: entry.plural, scope: entry.scope };
    },
    versionsOf: (group, kind) =>
      Object.keys(loaded().kinds)
        .filter((key) => key.startsWith(`${group}/`) && key.endsWith(`/${kind}`))
        .map((key) => key.slice(group.length + 1, -kind.length - 1)),
    describe: () => {
      if (described || docs === undefined) return;
      describe(loaded(), JSON.parse(docs()) as Docs);
      described = true;
    },
  };
}
