import { type FluxRelease, fluxReleases, newestFlux } from '../../../schemas/release';
import { type Path } from '../../model/json';
import { type FoundSchema, type SchemaCatalog } from '../../validation/catalog';
import { type Fault } from '../../validation/fault';
import { validateObject } from '../../validation/metadata';
import { type DeclaredObject, declaredObjects } from '../declared-objects';
import { type YamlDocument } from '../../yaml/document';
import { type DocumentContext } from '../rule';

/** A fault of a declared object in the releases that the document's clusters run. */
export interface SchemaFault {
  readonly object: DeclaredObject;
  readonly fault: Fault;
  /** From the document root. */
  readonly path: Path;
  /** Release that was judged. */
  readonly release: FluxRelease;
  /** Absent for kinds whose form does not depend on Flux. */
  readonly releases?: (release: FluxRelease) => boolean;
}

/** Text that stands for something else: a variable, or an encrypted value. */
const isPlaceholder = (text: string): boolean => text.includes('${') || text.startsWith('ENC[');

type Verdicts = Map<FluxRelease, readonly Fault[]>;
const verdicts = new WeakMap<SchemaCatalog, WeakMap<DeclaredObject, Verdicts>>();

interface Kept {
  readonly schemas: SchemaCatalog;
  readonly targets: string;
  readonly faults: readonly SchemaFault[];
}

// Several rules ask for the same faults one after the other.
const kept = new WeakMap<YamlDocument, Kept>();

/**
 * Every fault of the document's objects, each once however many clusters read it. What a layer above may change, and
 * the `sops` stanza that decryption takes away, are left out.
 */
export function schemaFaults(context: DocumentContext): readonly SchemaFault[] {
  const { document, schemas } = context;
  const targets = context.role + context.targets.map(({ release }) => release ?? '').join();
  let known = kept.get(document);
  if (known?.schemas !== schemas || known.targets !== targets) {
    known = { schemas, targets, faults: findFaults(context) };
    kept.set(document, known);
  }
  return known.faults.length === 0
    ? known.faults
    : known.faults.filter(({ object, fault }) => !isSettledAbove(context, object, fault));
}

function findFaults(context: DocumentContext): SchemaFault[] {
  const { schemas } = context;
  const found: SchemaFault[] = [];
  for (const object of declaredObjects(context)) {
    const seen = new Set<string>();
    for (const release of releasesOf(context, object)) {
      for (const fault of faultsIn(schemas, object, release)) {
        const name = identify(fault);
        if (seen.has(name)) continue;
        seen.add(name);
        const isFlux = schemaIn(schemas, object, release)?.source === 'flux';
        const releases = (other: FluxRelease): boolean =>
          !isServed(schemas, object, other) ||
          faultsIn(schemas, object, other).some((same) => identify(same) === name || covers(same, fault));
        found.push({ object, fault, path: [...object.at, ...fault.path], release, ...(isFlux && { releases }) });
      }
    }
  }
  return found;
}

const identify = (fault: Fault): string =>
  `${fault.code} ${fault.path.join('/')} ${fault.code === 'missing-required' ? fault.name : ''}`;

/** Where the field, or one above it, does not exist yet, its value fails as well. */
const covers = (wider: Fault, { path }: Fault): boolean =>
  wider.code === 'unknown-field' && wider.path.every((step, index) => step === path[index]);

/** The releases to judge an object in; one stands for all where the kind does not depend on Flux. */
function releasesOf(context: DocumentContext, object: DeclaredObject): readonly FluxRelease[] {
  const found = schemaIn(context.schemas, object, newestFlux);
  if (found?.source !== 'flux') return [newestFlux];
  return [...new Set(context.targets.flatMap(({ release }) => (release === undefined ? [] : [release])))];
}

/** What is known of an object's kind in a release. */
export function schemaIn(
  schemas: SchemaCatalog,
  { group, version, kind }: DeclaredObject,
  release: FluxRelease,
): FoundSchema | undefined {
  return schemas.find(group, version, kind, release);
}

const isServed = (schemas: SchemaCatalog, object: DeclaredObject, release: FluxRelease): boolean =>
  schemaIn(schemas, object, release)?.status === 'served';

function faultsIn(schemas: SchemaCatalog, object: DeclaredObject, release: FluxRelease): readonly Fault[] {
  let ofCatalog = verdicts.get(schemas);
  if (ofCatalog === undefined) verdicts.set(schemas, (ofCatalog = new WeakMap()));
  let ofObject = ofCatalog.get(object);
  if (ofObject === undefined) ofCatalog.set(object, (ofObject = new Map<FluxRelease, readonly Fault[]>()));
  let faults = ofObject.get(release);
  if (faults === undefined) {
    const found = servedSchema(schemas, object, release);
    faults = validateObject(found, object.value, { isUnknown: isPlaceholder });
    ofObject.set(release, faults);
  }
  return faults;
}

/** Where the release does not serve the version, its form in the last release that did tells more than nothing. */
function servedSchema(schemas: SchemaCatalog, object: DeclaredObject, release: FluxRelease) {
  const found = schemaIn(schemas, object, release);
  if (found === undefined || found.status === 'unknown-version') return undefined;
  if (found.status === 'served') return found.schema;
  for (const older of fluxReleases.toReversed()) {
    const there = schemaIn(schemas, object, older);
    if (there?.status === 'served') return there.schema;
  }
  return found.schema;
}

function isSettledAbove(context: DocumentContext, { at }: DeclaredObject, fault: Fault): boolean {
  if (fault.path.length === 1 && fault.path[0] === 'sops') return true;
  const place = [...at, ...fault.path];
  return context.isUnknown(fault.code === 'missing-required' ? [...place, fault.name] : place);
}
