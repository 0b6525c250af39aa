import { type KindEntry } from '../../schemas/kinds/kind';
import { spanHolds, type FluxRelease } from '../../schemas/release';
import { type Schema } from '../../schemas/schema';
import { annotate } from './annotate';
import { type DefinedKind } from './crd';
import { type Kubernetes } from './kubernetes';
import { asObject } from './metadata';

export type SchemaSource = 'workspace' | 'flux' | 'kubernetes';

interface KnownKind {
  /** The most authoritative source that knows the kind. */
  readonly source: SchemaSource;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly plural: string;
  /** Versions in which the kind can be applied (Flux kinds: in the given release). */
  readonly served: readonly string[];
}

/**
 * What is known of a kind in a version. `served`: objects of it can be applied. `not-served`: the version exists, but
 * the release or the definition does not serve it; its schema is there when any source has one. `unknown-version`:
 * no release ever had it.
 */
export type FoundSchema = KnownKind &
  (
    | { readonly status: 'served'; readonly schema: Schema; readonly deprecated: boolean }
    | { readonly status: 'not-served'; readonly schema?: Schema }
    | { readonly status: 'unknown-version' }
  );

export interface SchemaCatalog {
  /** undefined: no source knows the kind, in any version. */
  find: (group: string, version: string, kind: string, release: FluxRelease) => FoundSchema | undefined;
}

/** Where the catalogue reads; every function may be called often and should answer from memory. */
export interface SchemaInputs {
  /** All versions of a kind that resource definitions of the workspace bring; empty when none does. */
  readonly definedKinds: (group: string, kind: string) => readonly DefinedKind[];
  /** What we know of Flux's own kinds. */
  readonly fluxKind: (group: string, kind: string) => KindEntry | undefined;
  readonly fluxSchema: (group: string, version: string, kind: string, release: FluxRelease) => Schema | undefined;
  /** undefined where the generated schemas are not at hand. */
  readonly kubernetes: () => Kubernetes | undefined;
}

// Our tables end where authors do; what controllers write is taken as it is.
const withStatus = (schema: Schema): Schema => ({
  ...schema,
  properties: { ...schema.properties, status: { preserveUnknownFields: true } },
});

/**
 * Joins the sources by precedence: the structure of a resource definition in the workspace, else our tables, else the
 * schemas generated for Kubernetes; notes always from our tables.
 */
export function createCatalog(inputs: SchemaInputs): SchemaCatalog {
  const joined = new WeakMap<Schema, Map<Schema | undefined, Schema>>();
  const objects = new WeakMap<Schema, Schema>();

  const withNotes = (structure: Schema, notes: Schema | undefined): Schema => {
    let forStructure = joined.get(structure);
    if (forStructure === undefined) joined.set(structure, (forStructure = new Map<Schema | undefined, Schema>()));
    let schema = forStructure.get(notes);
    if (schema === undefined) forStructure.set(notes, (schema = annotate(structure, notes)));
    return schema;
  };
  const complete = (schema: Schema): Schema => {
    let object = objects.get(schema);
    if (object === undefined) objects.set(schema, (object = withStatus(asObject(schema))));
    return object;
  };

  const fromWorkspace: SchemaCatalog['find'] = (group, version, kind, release) => {
    const versions = inputs.definedKinds(group, kind);
    const [any] = versions;
    if (any === undefined) return undefined;
    const served = versions.filter((one) => one.served).map((one) => one.version);
    const known: KnownKind = { source: 'workspace', scope: any.scope, plural: any.plural, served };
    const found = versions.find((one) => one.version === version);
    if (found === undefined) {
      const isFlux = inputs.fluxKind(group, kind)?.versions.some(({ name }) => name === version) === true;
      return { ...known, status: isFlux ? 'not-served' : 'unknown-version' };
    }
    const schema = withNotes(found.schema, inputs.fluxSchema(group, version, kind, release));
    return found.served
      ? { ...known, status: 'served', schema, deprecated: found.deprecated }
      : { ...known, status: 'not-served', schema };
  };

  const fromFlux: SchemaCatalog['find'] = (group, version, kind, release) => {
    const entry = inputs.fluxKind(group, kind);
    if (entry === undefined) return undefined;
    const served = entry.versions.filter((one) => spanHolds(one.served, release)).map(({ name }) => name);
    const known: KnownKind = { source: 'flux', scope: entry.scope, plural: entry.plural, served };
    const found = entry.versions.find(({ name }) => name === version);
    if (found === undefined) return { ...known, status: 'unknown-version' };
    const table = inputs.fluxSchema(group, version, kind, release);
    const schema = table && complete(table);
    if (schema === undefined || !served.includes(version))
      return { ...known, status: 'not-served', ...(schema && { schema }) };
    const deprecated = found.deprecated !== undefined && spanHolds(found.deprecated, release);
    return { ...known, status: 'served', schema, deprecated };
  };

  const fromKubernetes: SchemaCatalog['find'] = (group, version, kind) => {
    const kubernetes = inputs.kubernetes();
    const served = kubernetes?.versionsOf(group, kind) ?? [];
    const [any] = served;
    const example = any === undefined ? undefined : kubernetes?.find(group, any, kind);
    if (example === undefined) return undefined;
    const known: KnownKind = { source: 'kubernetes', scope: example.scope, plural: example.plural, served };
    const found = kubernetes?.find(group, version, kind);
    return found === undefined
      ? // Which older releases had it is said by kubernetes-removed.ts.
        { ...known, status: 'unknown-version' }
      : { ...known, status: 'served', schema: found.schema, deprecated: false };
  };

  const answers = new Map<string, FoundSchema | undefined>();
  return {
    find: (group, version, kind, release) => {
      const question = `${release} ${group}/${version}/${kind}`;
      if (answers.has(question)) return answers.get(question);
      const what = [group, version, kind, release] as const;
      const answer = fromWorkspace(...what) ?? fromFlux(...what) ?? fromKubernetes(...what);
      // Every half-typed kind is a question of its own.
      if (answers.size >= 5000) answers.clear();
      answers.set(question, answer);
      return answer;
    },
  };
}
