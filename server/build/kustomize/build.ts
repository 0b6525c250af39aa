import { type FilePath } from '../../model/file-path';
import { finish, mapInSteps, type Steps } from '../../model/steps';
import { accumulate } from './accumulate';
import { conflictFault } from './accumulate-entries';
import { emitObjects } from './emit/emit';
import { type GoRelease } from './emit/text-keys';
import { type EmittedText } from './emit/writer';
import { type EarlierBuild } from './earlier-build';
import { enterSchema } from './enter-schema';
import { faultAt, isFault, type EngineFault } from './fault';
import { appendHashes } from './generate/run-generators';
import { type SortConfig } from './kustomization';
import { KustomizationContext } from './kustomization-context';
import { type LoadedKustomization, openKustomization } from './load/kustomization';
import { type EngineFiles } from './load/files';
import { isLocal, withFinalAnnotations } from './metadata/annotations';
import { hasLostNotes, notAMap } from './metadata/pairs';
import { notesOrigins, unaskedNotes } from './metadata/build-origins';
import { type Origin, type Origins } from './origin';
import { appendAll, isConflict } from './resource-list';
import { fixReferences } from './references/fix-references';
import { type EngineResource } from './resource';
import { ResourcePlaces } from './resource-places';
import { type EngineHole, Session } from './session';
import { sortResources } from './sort-order';
import { nothing, type Target } from './target';
import { currentId } from './transform/identity';
import { setEntries } from './transform/labels';
import { emptyTransformerConfig } from './transformer-config';
import { resolveVars } from './vars/resolve-vars';

/** What to build. */
export interface BuildRequest {
  readonly files: EngineFiles;
  /** Folder of the outermost kustomization. */
  readonly directory: FilePath;
  /** Order of the output where `sortOptions` is absent: the command line sorts (`legacy`), Flux does not (`none`). */
  readonly reorder: 'legacy' | 'none';
  /** Changes the outermost kustomization after it was read, or stands in for one that is not there. */
  readonly root?: (loaded: LoadedKustomization | EngineFault) => LoadedKustomization | EngineFault;
  /** True: what cannot be rendered becomes a hole, and the rest is rendered; false: the first fault ends the build. */
  readonly keepsGoing?: boolean;
  /** What Go makes of keys that are no text; that of kustomize's own program where it is absent. */
  readonly go?: GoRelease;
  /** Shared with earlier builds whose parts are used again. */
  readonly origins?: Origins;
  /**
   * Given to build only what changed since: `resources` are then those of the parts that are not what they were. A fault
   * or a hole means that this cannot be told without the rest.
   */
  readonly earlier?: EarlierBuild;
}

/** The objects of a build, in the order of the output. */
export interface EngineResult {
  readonly kind: 'built';
  readonly resources: readonly EngineResource[];
  /** All objects as they stood before references were fixed, for an {@link EarlierBuild}. */
  readonly candidates: ResourcePlaces;
  /** True when a later build may build only what changed. */
  readonly isDivisible: boolean;
  readonly go: GoRelease;
  readonly origins: Origins;
  readonly holes: readonly EngineHole[];
  /** Files read or looked for, found or not. */
  readonly inputs: ReadonlySet<FilePath>;
  /** What kustomize prints to standard error. */
  readonly warnings: readonly string[];
}

/** A build that kustomize would refuse, and the files that it depends on all the same. */
export interface FailedBuild {
  readonly kind: 'failed';
  readonly fault: EngineFault;
  readonly inputs: ReadonlySet<FilePath>;
  readonly warnings: readonly string[];
}

/** Builds a kustomization as kustomize 5.8.1 does, without plug-ins and network. Never throws. */
export function buildKustomization(request: BuildRequest): EngineResult | FailedBuild {
  return finish(buildInSteps(request));
}

/** {@link buildKustomization} with a pause after each entry, transformer and closing step. */
export function* buildInSteps(request: BuildRequest): Steps<EngineResult | FailedBuild> {
  const session = new Session(request.files, request);
  const { inputs, warnings, origins, holes, go } = session;
  const built = yield* build(session, request);
  if (isFault(built)) return { kind: 'failed', fault: built, inputs, warnings };
  const isDivisible = built.isDivisible && holes.length === 0;
  return { kind: 'built', ...built, isDivisible, go, origins, holes, inputs, warnings };
}

/** The text of a build as `kustomize build` prints it, with an origin for every value. */
export function emitBuild({ resources, origins, go }: EngineResult): EmittedText | EngineFault {
  const emitted = emitObjects(
    resources.map(({ node }) => node),
    go,
  );
  if (!('problem' in emitted)) return emitted;
  const { index, problem } = emitted;
  const node = resources[index]?.node;
  const place = node === undefined ? undefined : origins.placeOf(node.origin);
  const what = {
    'duplicate-key': `The key ${problem.text} stands twice in one map.`,
    'key-not-text': `The key ${problem.text} is not text. Put it in quotes.`,
    'key-unreadable': `The key ${problem.text} is too long, or holds a line break.`,
    'mismatched-tag': `${problem.text} is not what its tag says.`,
    'control-character': `This text holds a control character that YAML does not take.`,
    'leading-tab':
      'This text begins with a tab, which kustomize cannot write as a block. Put a blank line or a space first.',
    'not-a-number': `${problem.text} cannot be written as JSON.`,
  }[problem.reason];
  const file = { file: place?.file ?? '', document: place?.document ?? 0, path: problem.path };
  return faultAt(file, `output-${problem.reason}`, `${what} Flux cannot build this.`);
}

function* build(
  session: Session,
  { directory, reorder, files, root }: BuildRequest,
): Steps<Pick<EngineResult, 'resources' | 'candidates' | 'isDivisible'> | EngineFault> {
  const place = { file: directory, document: 0, path: [] };
  if (files.stat(directory) !== 'directory') {
    return faultAt(place, 'resource-missing', `${directory} is no folder. Flux cannot build it.`);
  }
  const start = files.resolve?.(directory) ?? directory;
  const read = yield* openKustomization(session, start, place);
  const loaded = root === undefined ? read : root(read);
  if (isFault(loaded)) return loaded;
  const schema = enterSchema(session, loaded);
  if (isFault(schema)) return schema;
  const noted = notesOrigins(loaded.kustomization) ? { path: '', origin: noteOrigin(session, loaded) } : undefined;
  const target: Target = { session, loaded, above: [start], noted };
  const made = yield* accumulate(target, nothing);
  if (isFault(made)) return made;
  const context = new KustomizationContext(session, loaded, made.config);
  const hashed = appendHashes(made.resources, context);
  yield;
  const candidates =
    session.earlier === undefined ? ResourcePlaces.of(hashed, session.origins) : session.earlier.with(hashed);
  if (candidates === undefined) return context.fault('not-in-part', 'The objects are not called what they were.', []);
  const named = session.attempt(yield* fixReferences(hashed, candidates.all, context), hashed);
  if (isFault(named)) return named;
  yield;
  const resolved = session.attempt(resolveVars({ vars: made.vars, resources: named }, context), named);
  if (isFault(resolved)) return resolved;
  yield;
  const written = resolved.filter(({ node }) => node.entries.size > 0);
  const incomplete = session.attempt<undefined>(incompleteObject(written, context), undefined);
  if (incomplete !== undefined) return incomplete;
  yield;
  const isNoted = loaded.kustomization.buildMetadata.length > 0;
  const lost = written.find((resource) => hasLostNotes(resource, isNoted));
  const unnoted = session.attempt<undefined>(lost && notAMap(lost, context), undefined);
  if (unnoted !== undefined) return unnoted;
  yield;
  const remaining = written.filter((resource) => !isLocal(resource));
  // Kustomize panics here where the last steps gave two objects one id.
  const distinct = appendAll([], remaining);
  const conflict = isConflict(distinct) ? conflictFault(session, distinct, { ...context.place, path: [] }) : distinct;
  const kept = session.attempt(conflict, remaining);
  if (isFault(kept)) return kept;
  yield;
  const order = loaded.kustomization.sortOptions ?? {
    order: reorder === 'legacy' ? 'legacy' : 'fifo',
    legacy: undefined,
  };
  const sorted = session.attempt(sort(session, kept, order, context), kept);
  if (isFault(sorted)) return sorted;
  yield;
  const unasked = unaskedNotes(loaded.kustomization);
  const labeled = loaded.kustomization.buildMetadata.includes('managedByLabel') ? markManaged(sorted, context) : sorted;
  if (isFault(labeled)) return labeled;
  const resources = yield* mapInSteps(labeled, (resource) => withFinalAnnotations(resource, unasked));
  return { resources, candidates, isDivisible: made.vars.length === 0 && session.schema === undefined };
}

/** The first object that lost its kind or name on the way (kyaml, GetValidatedMetadata); lists need no name. */
function incompleteObject(
  resources: readonly EngineResource[],
  context: KustomizationContext,
): EngineFault | undefined {
  for (const resource of resources) {
    const { kind, name } = currentId(resource);
    if (kind !== '' && (name !== '' || kind.endsWith('List'))) continue;
    const lost = kind === '' ? 'kind' : 'name';
    const what = kind !== '' ? `A ${kind}` : name !== '' ? `The object ${name}` : 'An object';
    const message = `${what} has no ${lost} any more when all is done. Flux cannot build this.`;
    return context.fault(`output-${lost}-missing`, message, []);
  }
  return undefined;
}

function sort(
  session: Session,
  resources: readonly EngineResource[],
  order: SortConfig,
  context: KustomizationContext,
): readonly EngineResource[] | EngineFault {
  const sorted = sortResources(resources, order);
  if (!('kind' in sorted)) return sorted;
  if (sorted.kind === 'conflict') return conflictFault(session, sorted, { ...context.place, path: [] });
  return context.fault('sort-options', sorted.message, sorted.path);
}

function markManaged(
  resources: readonly EngineResource[],
  context: KustomizationContext,
): readonly EngineResource[] | EngineFault {
  const fieldSpecs = [{ group: '', version: '', kind: '', path: 'metadata/labels', create: true }];
  const entries = new Map([['app.kubernetes.io/managed-by', 'kustomize-v5.8.1']]);
  const field = 'buildMetadata';
  return setEntries(resources, { entries, fieldSpecs, field, path: [field] }, context);
}

function noteOrigin(session: Session, loaded: LoadedKustomization): Origin {
  const context = new KustomizationContext(session, loaded, emptyTransformerConfig);
  return context.cause('buildMetadata', ['buildMetadata']);
}
