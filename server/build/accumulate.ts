import { type FilePath, joinPath } from '../model/file-path';
import { itemsAt, type JsonObject, type Path, stringAt } from '../model/json';
import { type BuildFault } from './build';
import { type ChangeSource, type Draft, withUnknown } from './draft';
import { type DocumentFacts, type FileFacts, isKustomizationFile, kustomizationFileNames } from './facts';
import { type Entry, entriesOf, hasField, isRemote, normalizeFields } from './kustomization-file';
import { setNamespace } from './namespace';
import { applyPatches, type Patch, readPatches } from './patches';
import { type Session } from './session';
import { markUnrendered } from './unrendered';

/** The kustomization file of a folder: its path in the tree; undefined when there is none. */
export function findKustomizationFile(session: Session, directory: FilePath): FilePath | undefined {
  const names = new Set(
    session
      .list(directory)
      ?.filter((entry) => entry.kind === 'file')
      .map((entry) => entry.name),
  );
  const found = kustomizationFileNames.find((name) => names.has(name));
  return found === undefined ? undefined : (joinPath(directory, found) ?? found);
}

/** Objects a file declares, as drafts; what cannot be read is a hole. */
export function readObjects(session: Session, path: FilePath): Draft[] {
  const facts = session.facts(path, 'objects');
  if (facts === undefined) return [];
  if (facts.unreadable !== undefined) {
    session.holes.push({
      reason: 'unreadable',
      message: facts.unreadable.message,
      provides: { kind: 'anything' },
      at: { file: facts.path, document: 0, path: [] },
    });
  }
  return facts.documents.flatMap((document, index) => readDocument(session, facts, document, index));
}

function readDocument(session: Session, facts: FileFacts, document: DocumentFacts, index: number): Draft[] {
  if (document.isBroken) {
    session.holes.push({
      reason: 'unreadable',
      message: `${facts.path} cannot be read as YAML.`,
      provides: { kind: 'anything' },
      at: { file: facts.path, document: index, path: [] },
    });
  }
  return document.resources.map((resource) => ({
    id: resource.id,
    resource,
    value: resource.value,
    unknown: resource.isEncrypted && resource.value !== undefined ? [['spec'], ['data'], ['stringData']] : [],
    changes: [],
  }));
}

/** What a Flux Kustomization writes over its root kustomization; every part stands after or replaces the file's own. */
export interface Overlay {
  /** Components relative to the root folder, and where each stands. */
  readonly components: readonly { readonly text: string; readonly from: ChangeSource }[];
  readonly patches: readonly Patch[];
  readonly namespace: { readonly text: string; readonly from: ChangeSource } | undefined;
}

/**
 * Everything a folder with a kustomization file renders to (kustomize api/internal/target/kusttarget.go).
 * @param inherited what a component works on; empty for a base or overlay.
 */
export function accumulateDirectory(
  session: Session,
  directory: FilePath,
  file: FilePath,
  stack: readonly FilePath[],
  inherited: readonly Draft[] = [],
  overlay?: Overlay,
): Draft[] {
  const facts = session.facts(file, 'kustomization');
  const written = facts?.documents[0]?.kustomization;
  if (facts === undefined || written === undefined) {
    session.holes.push({
      reason: 'unreadable',
      message: `${file} cannot be read as a kustomization.`,
      provides: { kind: 'anything' },
      at: { file: facts?.path ?? file, document: 0, path: [] },
    });
    return [...inherited];
  }
  const fields = normalizeFields(written);
  const scope: Scope = { session, directory, file: facts.path, fields, stack: [...stack, directory] };
  let drafts = [...inherited];
  for (const list of ['resources', 'bases']) {
    for (const entry of entriesOf(fields, list)) drafts.push(...readEntry(scope, entry));
  }
  for (const entry of entriesOf(fields, 'components')) drafts = readComponent(scope, entry, drafts);
  if (overlay !== undefined) drafts = addComponents(session, directory, drafts, overlay);
  return transform(scope, drafts, overlay);
}

/** Components of a Flux Kustomization laid over what its folder holds. */
export function addComponents(session: Session, directory: FilePath, drafts: Draft[], overlay: Overlay): Draft[] {
  let result = drafts;
  for (const { text, from } of overlay.components) {
    const component = joinPath(directory, text);
    const file = component === undefined ? undefined : findKustomizationFile(session, component);
    if (component !== undefined && file !== undefined) {
      result = accumulateDirectory(session, component, file, [directory], result);
    } else {
      const message = `The component ${text} does not exist.`;
      session.holes.push({ reason: 'unreadable', message, provides: { kind: 'anything' }, at: from });
    }
  }
  return result;
}

/** A kustomization that is being read. */
interface Scope {
  readonly session: Session;
  readonly directory: FilePath;
  /** The kustomization file in the repository. */
  readonly file: FilePath;
  readonly fields: JsonObject;
  /** Folders being read, outermost first. */
  readonly stack: readonly FilePath[];
}

function fault({ session, file }: Scope, code: string, path: Path, data: BuildFault['data']): void {
  session.faults.push({ code, file, document: 0, path, part: 'value', data });
}

/** Resolves an entry to a path of the tree; remote and outside ones become holes. */
function resolveEntry(scope: Scope, entry: Entry): FilePath | undefined {
  const at = { file: scope.file, document: 0, path: entry.path };
  if (isRemote(entry.text)) {
    const message = `${entry.text} is remote and is not fetched.`;
    scope.session.holes.push({ reason: 'remote', message, provides: { kind: 'anything' }, at });
    return undefined;
  }
  const target = joinPath(scope.directory, entry.text);
  if (target === undefined) {
    const message = `${entry.text} leads out of the repository.`;
    scope.session.holes.push({ reason: 'outside-root', message, provides: { kind: 'anything' }, at });
  }
  return target;
}

function readEntry(scope: Scope, entry: Entry): Draft[] {
  const { session } = scope;
  const target = resolveEntry(scope, entry);
  if (target === undefined) return [];
  const data = { entry: entry.text, resolved: target, field: String(entry.path[0]) };
  switch (session.stat(target)) {
    case 'missing':
      // What is missing is a finding, not a hole: nothing else can be in it.
      if (!isWrittenByBootstrap(target)) {
        const isLeftOut = session.tree.isLeftOut(target);
        fault(scope, 'kustomize-resource-missing', entry.path, isLeftOut ? { ...data, leftOut: 'yes' } : data);
      }
      return [];
    case 'file':
      if (!isKustomizationFile(target)) return readObjects(session, target);
      fault(scope, 'kustomize-file-is-kustomization', entry.path, data);
      return [];
    case 'directory': {
      const file = findKustomizationFile(session, target);
      if (scope.stack.includes(target)) fault(scope, 'kustomize-cycle', entry.path, data);
      else if (file !== undefined) return accumulateDirectory(session, target, file, scope.stack);
      else {
        fault(scope, 'kustomize-dir-no-kustomization', entry.path, data);
        // kustomize stops here; what lies in the folder is what the author means.
        return readFiles(session, target);
      }
      return [];
    }
  }
}

// `flux bootstrap` adds these beside the kustomization that lists them.
const isWrittenByBootstrap = (path: FilePath): boolean => /(^|\/)flux-system\/gotk-(sync|components)\.yaml$/.test(path);

function readFiles(session: Session, directory: FilePath): Draft[] {
  return (session.list(directory) ?? [])
    .filter((entry) => entry.kind === 'file' && /\.ya?ml$/.test(entry.name))
    .flatMap((entry) => readObjects(session, joinPath(directory, entry.name) ?? entry.name));
}

/** A component works on what was accumulated so far (kustomize api/internal/target: accumulateComponents). */
function readComponent(scope: Scope, entry: Entry, drafts: Draft[]): Draft[] {
  const { session } = scope;
  const target = resolveEntry(scope, entry);
  if (target === undefined) return drafts;
  const data = { entry: entry.text, resolved: target, field: 'components' };
  const kind = session.stat(target);
  if (kind === 'missing') fault(scope, 'kustomize-resource-missing', entry.path, data);
  if (kind !== 'directory') return drafts;
  const file = findKustomizationFile(session, target);
  if (scope.stack.includes(target)) fault(scope, 'kustomize-cycle', entry.path, data);
  else if (file === undefined) fault(scope, 'kustomize-dir-no-kustomization', entry.path, data);
  else return accumulateDirectory(session, target, file, scope.stack, drafts);
  return drafts;
}

/** The transformers in kustomize's order (kusttarget.go: configureBuiltinTransformers). */
function transform(scope: Scope, accumulated: Draft[], overlay: Overlay | undefined): Draft[] {
  const { session, fields, file } = scope;
  let drafts = applyPatches(accumulated, patchesOf(scope, 'patchesStrategicMerge'));
  drafts = applyPatches(drafts, [...patchesOf(scope, 'patches'), ...(overlay?.patches ?? [])]);
  const own = stringAt(fields, 'namespace') ?? '';
  const namespace = overlay?.namespace ?? { text: own, from: { file, document: 0, path: ['namespace'] } };
  if (namespace.text !== '') drafts = drafts.map((draft) => setNamespace(draft, namespace.text, namespace.from));
  drafts = applyPatches(drafts, patchesOf(scope, 'patchesJson6902'));
  drafts = markUnrendered(session, file, fields, drafts, (path) => joinPath(scope.directory, path));
  if (hasField(fields, 'namePrefix') || hasField(fields, 'nameSuffix')) {
    drafts = drafts.map((draft) => withUnknown(draft, [['metadata', 'name']]));
  }
  return drafts;
}

function patchesOf(scope: Scope, field: string): Patch[] {
  return readPatches(
    scope.fields.get(field),
    (index) => ({ file: scope.file, document: 0, path: [field, index] }),
    (path, index) => readPatchFile(scope, path, [field, index]),
  );
}

function readPatchFile(scope: Scope, path: string, at: Path): string | undefined {
  const target = resolveEntry(scope, { text: path, path: at });
  if (target === undefined) return undefined;
  const text = scope.session.stat(target) === 'file' ? scope.session.patchText(target) : undefined;
  if (text === undefined && scope.session.stat(target) === 'missing') {
    const isPlain = typeof itemsAt(scope.fields, String(at[0]))[Number(at[1])] === 'string';
    const field = String(at[0]);
    fault(scope, 'kustomize-resource-missing', isPlain ? at : [...at, 'path'], {
      entry: path,
      resolved: target,
      field,
    });
    // A patch that does not exist changes nothing: the missing file is the finding, not a hole.
    return '';
  }
  return text;
}
