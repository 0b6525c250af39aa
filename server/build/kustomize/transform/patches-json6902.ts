import { type Path } from '../../../model/json';
import { type TransformContext } from '../context';
import { type EngineFault, isFault } from '../fault';
import { type PatchConfig } from '../kustomization';
import { applyJsonPatch } from '../patch/apply-json-patch';
import { type JsonOperation } from '../patch/json-operation';
import { patchTextOf, readOperations } from '../patch/read-patch';
import { type EngineResource } from '../resource';
import { selectResources } from '../selector';
import { changeEach } from './patches';

type Resources = readonly EngineResource[];

const field = 'patchesJson6902';

/** The operations of an entry (PatchJson6902Transformer.go, `Config`). */
function readEntry(entry: PatchConfig, path: Path, context: TransformContext): readonly JsonOperation[] | EngineFault {
  if (entry.target === undefined || entry.target.name === '') {
    return context.fault(
      'patch-target-required',
      `An entry of ${field} must say the name of its target. Flux cannot build this.`,
      path,
    );
  }
  const text = patchTextOf(entry, field, path, context);
  if (isFault(text)) return text;
  const operations = readOperations(text, context);
  if (isFault(operations) || operations.length > 0) return operations;
  return context.fault('patch-empty', 'This patch has no operations. Flux cannot build this.', text.path);
}

/** Applies an entry to the objects that its target selects. */
function applyEntry(
  resources: Resources,
  entry: PatchConfig,
  operations: readonly JsonOperation[],
  path: Path,
  context: TransformContext,
): Resources | EngineFault {
  if (entry.target === undefined) return resources;
  const selected = selectResources(resources, entry.target, context, [...path, 'target']);
  if (isFault(selected)) return selected;
  return changeEach(resources, selected, (one) => applyJsonPatch(one, operations, { field, path }, context));
}

/** `patchesJson6902` of a kustomization: all are read before the first is applied. */
export function transformPatchesJson6902(
  resources: Resources,
  { patchesJson6902: entries }: { readonly patchesJson6902: readonly PatchConfig[] },
  context: TransformContext,
  place: Path = [field],
): Resources | EngineFault {
  const read: (readonly JsonOperation[])[] = [];
  for (const [index, entry] of entries.entries()) {
    const operations = readEntry(entry, [...place, index], context);
    if (isFault(operations)) return operations;
    read.push(operations);
  }
  let edited = resources;
  for (const [index, entry] of entries.entries()) {
    const result = applyEntry(edited, entry, read[index] ?? [], [...place, index], context);
    if (isFault(result)) return result;
    edited = result;
  }
  return edited;
}
