import { type Path } from '../../../model/json';
import { type TransformContext } from '../context';
import { type EngineFault, isFault } from '../fault';
import { mergePatchOf } from '../patch/apply-merge-patch';
import { type EngineResource } from '../resource';
import { applyCopies, findTarget } from './patches';

type Resources = readonly EngineResource[];

const field = 'patchesStrategicMerge';

/** Text that can be nothing but the name of a file. */
const fileName = /^[^:\n[\]{}#]+$/;

/** An entry is taken for the patch itself; what holds no objects is the name of a file. */
function readEntry(entry: string, path: Path, context: TransformContext): Resources | EngineFault {
  if (!fileName.test(entry)) {
    const inline = context.readResources(entry, { origin: context.cause(field, path) }, path);
    if (!isFault(inline)) return inline;
  }
  const content = context.readFile(entry, path);
  return isFault(content) ? content : context.readResources(content.text, { file: content.file }, path);
}

/** `patchesStrategicMerge` of a kustomization, or the paths of an object (PatchStrategicMergeTransformer.go). */
export function transformPatchesStrategicMerge(
  resources: Resources,
  { patchesStrategicMerge: entries }: { readonly patchesStrategicMerge: readonly string[] },
  context: TransformContext,
  place: Path = [field],
): Resources | EngineFault {
  if (entries.length === 0) return resources;
  const patches: { readonly object: EngineResource; readonly path: Path }[] = [];
  for (const [index, entry] of entries.entries()) {
    const path = [...place, index];
    const objects = readEntry(entry, path, context);
    if (isFault(objects)) return objects;
    patches.push(...objects.map((object) => ({ object, path })));
  }
  if (patches.length === 0) {
    return context.fault('patch-empty', 'None of these patches holds an object. Flux cannot build this.', place);
  }
  let edited = resources;
  for (const { object, path } of patches) {
    const patch = mergePatchOf(object, {});
    const target = findTarget(edited, patch, { field, path }, context);
    if (target === undefined) continue;
    if (isFault(target)) return target;
    const result = applyCopies(edited, [target], patch, { field, path }, context);
    if (isFault(result)) return result;
    edited = result;
  }
  return edited;
}
