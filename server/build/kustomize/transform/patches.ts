import { type FilePath } from '../../../model/file-path';
import { type Path } from '../../../model/json';
import { type TransformContext } from '../context';
import { type EngineFault, isFault } from '../fault';
import { type PatchConfig } from '../kustomization';
import { applyJsonPatch } from '../patch/apply-json-patch';
import { applyMergePatch, copyFor, type MergePatch, mergePatchOf } from '../patch/apply-merge-patch';
import { type PatchContent, patchTextOf, readPatch } from '../patch/read-patch';
import { type Origins } from '../origin';
import { type EngineResource } from '../resource';
import { selectResources } from '../selector';
import { type Site } from './edit-resource';
import { allIds, areSameId, currentId, describeId, storePreviousId } from './identity';

type Resources = readonly EngineResource[];

/** One entry of `patches` that is read and waits to be applied. */
export interface ReadPatch {
  readonly entry: PatchConfig;
  readonly content: PatchContent;
  /** The objects of the content as they are merged; none for a JSON patch. */
  readonly merges: readonly MergePatch[];
  readonly site: Site;
}

interface KnownPatch {
  /** What its values' origins are numbers of. */
  readonly origins: Origins;
  readonly text: string;
  readonly file: FilePath;
  readonly at: string;
  readonly patch: ReadPatch;
}

/** What entries were read as. An entry is the identical one as long as its kustomization stands. */
const patches = new WeakMap<PatchConfig, KnownPatch>();

/** Reads an entry of `patches` (PatchTransformer.go, `Config`); the identical patch while nothing of it changes. */
export function readPatchEntry(entry: PatchConfig, path: Path, context: TransformContext): ReadPatch | EngineFault {
  const text = patchTextOf({ path: entry.path, patch: entry.patch.trim() }, 'patches', path, context);
  if (isFault(text)) return text;
  const known = patches.get(entry);
  const { origins, place } = context;
  const at = path.join('/');
  const isKnown =
    known?.origins === origins && known.text === text.text && known.file === place.file && known.at === at;
  // A schema of the build's own says of patches, too, whether they have a namespace.
  const isShared = context.schema.custom === undefined;
  if (isKnown && isShared) return known.patch;
  const content = readPatch(text, context);
  if (isFault(content)) return content;
  const options = {
    allowsNameChange: entry.options?.allowNameChange ?? false,
    allowsKindChange: entry.options?.allowKindChange ?? false,
  };
  const merges = content.kind === 'json' ? [] : content.objects.map((object) => mergePatchOf(object, options));
  const patch: ReadPatch = { entry, content, merges, site: { field: 'patches', path } };
  if (isShared) patches.set(entry, { origins, text: text.text, file: place.file, at, patch });
  return patch;
}

/** Applies an entry of `patches` (PatchTransformer.go, `Transform`). */
export function applyPatch(resources: Resources, patch: ReadPatch, context: TransformContext): Resources | EngineFault {
  const { entry, content, merges, site } = patch;
  if (content.kind === 'json') return applyToTargets(resources, { ...patch, operations: content.operations }, context);
  if (entry.target === undefined) return applyEach(resources, merges, site, context);
  const [first, second] = merges;
  if (first === undefined) return resources;
  if (second !== undefined) {
    const message = 'A patch with a target can be one object only, and this one holds several. Flux cannot build this.';
    return context.fault('patch-several-with-target', message, site.path);
  }
  const selected = selectResources(resources, entry.target, context, [...site.path, 'target']);
  return isFault(selected) ? selected : applyCopies(resources, selected, first, site, context);
}

function applyToTargets(
  resources: Resources,
  { entry, site, operations }: Pick<ReadPatch, 'entry' | 'site'> & Pick<PatchContent & { kind: 'json' }, 'operations'>,
  context: TransformContext,
): Resources | EngineFault {
  if (entry.target === undefined) {
    // Without operations there is nothing to aim.
    if (operations.length === 0) return resources;
    return context.fault('patch-target-required', 'A JSON patch needs a target. Flux cannot build this.', site.path);
  }
  const selected = selectResources(resources, entry.target, context, [...site.path, 'target']);
  if (isFault(selected)) return selected;
  const change = remembered(operations, context, (one) =>
    applyJsonPatch(storePreviousId(one), operations, site, context),
  );
  return changeEach(resources, selected, change);
}

/** Every patch on the one object with its id (`GetById`): any id that an object ever had counts. */
function applyEach(
  resources: Resources,
  patches: readonly MergePatch[],
  site: Site,
  context: TransformContext,
): Resources | EngineFault {
  let edited = resources;
  for (const patch of patches) {
    const target = findTarget(edited, patch, site, context);
    if (target === undefined) continue;
    if (isFault(target)) return target;
    const change = remembered(patch, context, (one) => applyMergePatch(one, patch, site, context));
    const result = changeEach(edited, [target], change);
    if (isFault(result)) return result;
    edited = result;
  }
  return edited;
}

/** The one object with the id of a patch, among all ids it ever had; undefined where it may stand outside this part. */
export function findTarget(
  resources: Resources,
  patch: MergePatch,
  site: Site,
  context: TransformContext,
): EngineResource | EngineFault | undefined {
  const id = currentId(patch);
  const found = resources.filter((resource) => allIds(resource).some((one) => areSameId(one, id)));
  const [target] = found;
  if (target !== undefined && found.length === 1) return target;
  if (target === undefined && context.isPart) return undefined;
  const name = describeId(id);
  const message =
    target === undefined
      ? `The patch is for ${name}, which is not among the objects of this kustomization. Flux cannot build this.`
      : `The patch is for ${name}, and ${String(found.length)} objects of this kustomization have or had that id. Flux cannot build this.`;
  return context.fault(target === undefined ? 'patch-target-missing' : 'patch-target-ambiguous', message, site.path);
}

/** A patch on a copy of itself for each object (`ApplySmPatch` of a resource map); afterwards no two may share an id. */
export function applyCopies(
  resources: Resources,
  selected: Resources,
  patch: MergePatch,
  site: Site,
  context: TransformContext,
): Resources | EngineFault {
  const change = remembered(patch, context, (one) => applyMergePatch(one, copyFor(patch, one), site, context));
  const edited = changeEach(resources, selected, change);
  if (isFault(edited) || !(patch.allowsNameChange || patch.allowsKindChange)) return edited;
  for (const [index, resource] of edited.entries()) {
    const id = currentId(resource);
    if (!edited.slice(0, index).some((other) => areSameId(currentId(other), id))) continue;
    return context.fault(
      'patch-id-conflict',
      `The patch makes two objects with the id ${describeId(id)}. Flux cannot build this.`,
      site.path,
    );
  }
  return edited;
}

type Change = (resource: EngineResource) => EngineResource | EngineFault | undefined;

const results = new WeakMap<object, WeakMap<EngineResource, EngineResource>>();

/** A change whose result for a resource depends on nothing but a patch, by which it is found again in later builds. */
function remembered(patch: object, { schema }: TransformContext, change: Change): Change {
  if (schema.custom !== undefined) return change;
  const made = results.get(patch) ?? new WeakMap<EngineResource, EngineResource>();
  results.set(patch, made);
  return (resource) => {
    const before = made.get(resource);
    if (before !== undefined) return before;
    const result = change(resource);
    if (result !== undefined && !isFault(result)) made.set(resource, result);
    return result;
  };
}

/** The resources with some of them changed or, for undefined, gone. */
export function changeEach(resources: Resources, selected: Resources, change: Change): Resources | EngineFault {
  const edited: EngineResource[] = [];
  const targets = new Set(selected);
  for (const resource of resources) {
    const result = targets.has(resource) ? change(resource) : resource;
    if (isFault(result)) return result;
    if (result !== undefined) edited.push(result);
  }
  return edited;
}

/** `patches` of a kustomization: all are read before the first is applied. */
export function transformPatches(
  resources: Resources,
  { patches }: { readonly patches: readonly PatchConfig[] },
  context: TransformContext,
): Resources | EngineFault {
  const read: ReadPatch[] = [];
  for (const [index, entry] of patches.entries()) {
    const patch = readPatchEntry(entry, ['patches', index], context);
    if (isFault(patch)) return patch;
    read.push(patch);
  }
  let edited = resources;
  for (const patch of read) {
    const result = applyPatch(edited, patch, context);
    if (isFault(result)) return result;
    edited = result;
  }
  return edited;
}
