import { type Availability, type FieldRow, type FieldTable, type Varying } from './field-table';
import { type FluxRelease, spanHolds } from './release';
import { type Schema } from './schema';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Node = Omit<Mutable<Schema>, 'properties' | 'required'> & {
  properties?: Record<string, Schema>;
  required?: string[];
};

// Filled on demand; a table is a constant, so what is built from it is too.
const cache = new WeakMap<FieldTable, Map<string, Schema | undefined>>();

/**
 * The nested schema of a kind in one API version and Flux release, with its notes; the same object for the same
 * question. `apiVersion` is the version alone or with its group (`v1`, `source.toolkit.fluxcd.io/v1`), `''` for files
 * that have none. undefined when no field exists in that version and release: it is not served there. Identity and
 * `metadata` are only in it where the file is no Kubernetes object (`asObject` in server/validation adds them).
 */
export function schemaFor(table: FieldTable, apiVersion: string, release: FluxRelease): Schema | undefined {
  const version = versionOf(apiVersion);
  const built = cache.get(table) ?? new Map<string, Schema | undefined>();
  cache.set(table, built);
  const key = `${version} ${release}`;
  if (!built.has(key)) built.set(key, build(table, version, release));
  return built.get(key);
}

/**
 * The API versions and Flux releases that have a field: `{ v1: '2.9+' }` reads "needs Flux 2.9", no entry for a
 * version "not in v1". undefined for a path that no version ever had. Path: as in `FieldTable`.
 */
export function fieldHistory(table: FieldTable, path: string): Availability | undefined {
  return Object.hasOwn(table.fields, path) ? table.fields[path]?.in : undefined;
}

/** True when the availability has the API version (with or without its group) in the release. */
export function isAvailable(availability: Availability, apiVersion: string, release: FluxRelease): boolean {
  const version = versionOf(apiVersion);
  const span = Object.hasOwn(availability, version) ? availability[version] : undefined;
  return span !== undefined && spanHolds(span, release);
}

const versionOf = (apiVersion: string): string => apiVersion.slice(apiVersion.lastIndexOf('/') + 1);

type Holds = (availability: Availability) => boolean;

/** As `isAvailable`, for many questions about one version and release: tables repeat few spans many times. */
function holdsIn(version: string, release: FluxRelease): Holds {
  const known = new Map<string, boolean>();
  return (availability) => {
    const span = Object.hasOwn(availability, version) ? availability[version] : undefined;
    if (span === undefined) return false;
    const held = known.get(span) ?? spanHolds(span, release);
    known.set(span, held);
    return held;
  };
}

function build(table: FieldTable, version: string, release: FluxRelease): Schema | undefined {
  const holds = holdsIn(version, release);
  const root: Node = { type: 'object' };
  const nodes = new Map<string, Node>([['', root]]);
  for (const [path, row] of Object.entries(table.fields)) {
    if (!holds(row.in)) continue;
    const { parent, step } = splitLast(path);
    // Rows stand after their parents, so an absent one means that this version has no such branch.
    const above = nodes.get(parent);
    if (above === undefined) continue;
    const { node, required } = resolve(row, holds);
    nodes.set(path, node);
    if (step === '[]') above.items = node;
    else if (step === '.*') above.additionalProperties = node;
    else {
      (above.properties ??= {})[step] = node;
      if (required) (above.required ??= []).push(step);
    }
  }
  return root.properties === undefined ? undefined : root;
}

/** `spec.a[].b` → `spec.a[]` and `b`; the steps into a list or a free map stay `[]` and `.*`. */
function splitLast(path: string): { parent: string; step: string } {
  for (const step of ['[]', '.*']) if (path.endsWith(step)) return { parent: path.slice(0, -2), step };
  const dot = path.lastIndexOf('.');
  return { parent: path.slice(0, Math.max(dot, 0)), step: path.slice(dot + 1) };
}

function resolve(row: FieldRow, holds: Holds): { node: Node; required: boolean } {
  const node: Record<string, unknown> = {};
  for (const [key, fact] of Object.entries(row) as [string, unknown][]) {
    if (key === 'in') continue;
    const value = isVarying(fact) ? fact.when.find(([when]) => holds(when))?.[1] : fact;
    if (value !== undefined) node[key] = value;
  }
  const { required, ...rest } = node;
  return { node: rest, required: required === true };
}

// Every other fact that is an object (a default, an example) would need a list called `when` to be mistaken for one.
function isVarying(fact: unknown): fact is Varying<unknown> {
  return typeof fact === 'object' && fact !== null && 'when' in fact && Array.isArray(fact.when);
}
