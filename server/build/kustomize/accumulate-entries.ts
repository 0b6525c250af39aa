import { baseName, joinPath, type FilePath } from '../../model/file-path';
import { type Path } from '../../model/json';
import { type Steps } from '../../model/steps';
import { accumulate } from './accumulate';
import { joinTables } from './join-tables';
import { enterSchema } from './enter-schema';
import { faultAt, isFault, type EngineFault } from './fault';
import { KustomizationContext } from './kustomization-context';
import { enterDirectory } from './load/directory';
import { kustomizationNames, openKustomization } from './load/kustomization';
import { type NamePlace } from './load/read-file';
import { isHttpUrl } from './load/remote';
import { joinLoose, noteFile } from './metadata/build-origins';
import { readAhead } from './read/read-documents';
import { type EngineResource } from './resource';
import { appendAll, finishList, identify, isConflict, type Conflict } from './resource-list';
import { type Session } from './session';
import { configuredIn, nothing, type Accumulation, type Target } from './target';
import { describeId } from './transform/identity';
import { joinVars } from './vars/collect-vars';

/** Adds what every entry of `resources` names, a file or the folder of a kustomization, in their order. */
export function runResources(target: Target, start: Accumulation): Steps<Accumulation | EngineFault> {
  const entries = entriesOf(target, 'resources');
  return runEntries(target, start, entries, (name, path, so) => enterResource(target, name, path, so));
}

/** Carries out the components on what has come together. */
export function runComponents(target: Target, start: Accumulation): Steps<Accumulation | EngineFault> {
  const entries = entriesOf(target, 'components');
  return runEntries(target, start, entries, (name, path, so) => enterFolder(target, name, path, so, true));
}

/** An entry of a list of names, and where it stands. */
interface Entry {
  readonly name: string;
  readonly path: Path;
}

type EntryField = 'resources' | 'components' | 'generators' | 'transformers' | 'validators';

function entriesOf({ loaded }: Target, field: EntryField): readonly Entry[] {
  return loaded.kustomization[field].map((name, index) => ({ name, path: [field, index] }));
}

/**
 * The configuration objects of a field: those written in it first, then those of the files and folders it names
 * (kusttarget.go, `configureExternalTransformers`).
 */
export function* collectConfigObjects(
  target: Target,
  field: 'generators' | 'transformers' | 'validators',
): Steps<readonly EngineResource[] | EngineFault> {
  const { session, loaded, noted } = target;
  const context = new KustomizationContext(session, loaded, nothing.config);
  let inline: readonly EngineResource[] = [];
  const named: Entry[] = [];
  for (const { name, path } of entriesOf(target, field)) {
    const read = mayBeObject.test(name)
      ? context.readResources(name, { origin: context.cause(field, path) }, path)
      : undefined;
    if (read === undefined || isFault(read)) {
      named.push({ name, path });
      continue;
    }
    const objects = noted === undefined ? read : noteFile(read, configuredIn(noted.path, loaded), noted.origin);
    const all = appendAll(inline, objects);
    if (isConflict(all)) return conflictFault(session, all, placeOf(context, path));
    inline = all;
  }
  const start: Accumulation = { ...nothing, resources: inline };
  const made = yield* runEntries(target, start, named, (name, path, so) => enterResource(target, name, path, so));
  return isFault(made) ? made : made.resources;
}

/** No object is written without one of these; names of files seldom have them. Empty text is no object and no name. */
const mayBeObject = /[:{\n]|^\s*(?:#|$)/;

type Enter = (name: string, path: Path, so: Accumulation) => Steps<Accumulation | EngineFault>;

function* runEntries(
  { session }: Target,
  start: Accumulation,
  entries: readonly Entry[],
  enter: Enter,
): Steps<Accumulation | EngineFault> {
  let so = start;
  for (const { name, path } of entries) {
    const next = session.attempt(yield* enter(name, path, so), so);
    if (isFault(next)) return next;
    so = next;
    yield;
  }
  finishList(so.resources);
  return so;
}

function* enterResource(target: Target, name: string, path: Path, so: Accumulation): Steps<Accumulation | EngineFault> {
  const { session } = target;
  if (session.earlier !== undefined) {
    const file = joinPath(target.loaded.directory, name);
    if (file !== undefined && session.isUntouched(`objects ${file}`)) return so;
  }
  const context = new KustomizationContext(session, target.loaded, so.config);
  const place = placeOf(context, path);
  if (isHttpUrl(name)) {
    const message = `${name} is remote, and is not downloaded here: what it adds is not known.`;
    return faultAt(place, 'resource-remote', message);
  }
  if (isFile(session, target.loaded.directory, name)) {
    const file = joinPath(target.loaded.directory, name) ?? '';
    const read = yield* session.part(`objects ${file}`, () => readObjects(target, name, path, so));
    if (isFault(read)) return read;
    yield* identify(read);
    const changed = session.earlier?.changedOf(file, read) ?? read;
    const resources = appendAll(so.resources, withNotes(target, changed, name));
    return isConflict(resources) ? conflictFault(session, resources, place) : { ...so, resources };
  }
  return yield* enterFolder(target, name, path, so, false);
}

function* readObjects(
  { session, loaded }: Target,
  name: string,
  path: Path,
  so: Accumulation,
): Steps<readonly EngineResource[] | EngineFault> {
  const context = new KustomizationContext(session, loaded, so.config);
  const content = context.readFile(name, path, 'objects');
  if (isFault(content)) return content;
  const isKustomization = (kustomizationNames as readonly string[]).includes(baseName(content.file));
  if (!isKustomization) session.files.uses?.(content.file, 'objects');
  yield* readAhead(session, content);
  const read = yield* context.readObjectFile(content, path);
  if (isFault(read) || read.length > 0 || !isKustomization) return read;
  const message = `${name} is a kustomization file, not a file of objects. List its folder. Flux cannot build this.`;
  return faultAt(placeOf(context, path), 'resource-is-kustomization', message);
}

function* enterFolder(
  target: Target,
  name: string,
  path: Path,
  so: Accumulation,
  isComponent: boolean,
): Steps<Accumulation | EngineFault> {
  const { session, above } = target;
  const context = new KustomizationContext(session, target.loaded, so.config);
  const place = placeOf(context, path);
  const directory = enterDirectory(session, above, name, place);
  if (isFault(directory)) return directory;
  const enter = function* (): Steps<Accumulation | EngineFault> {
    const loaded = yield* openKustomization(session, directory, place);
    if (isFault(loaded)) return loaded;
    const schema = enterSchema(session, loaded);
    if (isFault(schema)) return schema;
    const { kind } = loaded.kustomization;
    if (isComponent !== (kind === 'Component')) {
      const message = isComponent
        ? `${name} is a Kustomization, but components take Components only. Flux cannot build this.`
        : `${name} is a Component, which belongs under components, not resources. Flux cannot build this.`;
      return faultAt(place, 'component-kind', message);
    }
    const noted = target.noted && { ...target.noted, path: joinLoose(target.noted.path, name) };
    const inner: Target = { ...target, loaded, above: [...above, directory], noted };
    return yield* accumulate(inner, isComponent ? so : nothing);
  };
  // What a folder comes to depends on its files alone, unless it goes on with what was there or notes where it lies.
  const isOwn = !isComponent && target.noted === undefined;
  const withoutObjects = (kept: Accumulation): Accumulation => ({ ...kept, resources: [] });
  const made = yield* isOwn ? session.folder(`folder ${directory}`, enter, withoutObjects) : enter();
  if (isFault(made)) return made;
  yield* identify(made.resources);
  // A component's result is merged into nothing, since it began with what was there.
  const base = isComponent ? nothing : so;
  const resources = appendAll(base.resources, made.resources);
  if (isConflict(resources)) return conflictFault(session, resources, place);
  const config = joinTables(base.config, made.config, context, path);
  if (isFault(config)) return config;
  const vars = joinVars(base.vars, made.vars, context, path);
  if (isFault(vars)) return vars;
  return { resources, config, vars };
}

function withNotes({ noted }: Target, resources: readonly EngineResource[], name: string): readonly EngineResource[] {
  if (noted === undefined) return resources;
  return noteFile(resources, joinLoose(noted.path, name), noted.origin);
}

function isFile(session: Session, directory: FilePath, name: string): boolean {
  const file = joinPath(directory, name);
  return file !== undefined && session.files.stat(file) === 'file';
}

function placeOf(context: KustomizationContext, path: Path): NamePlace {
  const { file, document, path: written } = context.fault('', '', path);
  return { file, document, path: written };
}

/** The fault of two objects with one id, at the entry that brings the second. */
export function conflictFault(session: Session, { id, first }: Conflict, place: NamePlace): EngineFault {
  const other = fileOf(session, first);
  const where = other === undefined ? 'is there already' : `is defined already in ${other}`;
  return faultAt(place, 'resource-conflict', `${describeId(id)} ${where}. Flux cannot build this.`);
}

/** The file an object was read from; undefined for one that a generator made. */
function fileOf(session: Session, { node }: EngineResource): FilePath | undefined {
  return session.origins.placeOf(node.origin)?.file;
}
