import { type TransformContext } from '../context';
import { type EngineFault } from '../fault';
import { hasLostNotes, notAMap } from '../metadata/pairs';
import { type MapNode, withEntry } from '../node';
import { type CustomSchema } from '../openapi/custom-schema';
import { type CustomScope, type EngineResource } from '../resource';
import { mergeShapeOf } from '../tables/merge-keys';
import { currentId, describeId, kindOf, storePreviousId } from '../transform/identity';
import { type Site } from '../transform/edit-resource';
import { withBuildAnnotations, withoutBuildAnnotations } from './build-annotations';
import { withMetadata, withPlainText, withTextEntries } from './metadata';
import { MergeConflict } from './outcome';
import { mergeStrategically, type ShapeOf } from './strategic-merge';

export interface MergePatch {
  readonly node: MapNode;
  readonly allowsNameChange: boolean;
  readonly allowsKindChange: boolean;
  readonly scope?: CustomScope;
}

/** The patch as it comes from its text; options are noted in its annotations, which makes texts of those. */
export function mergePatchOf(
  { node, scope }: Pick<EngineResource, 'node' | 'scope'>,
  options: Partial<Omit<MergePatch, 'node' | 'scope'>>,
): MergePatch {
  const { allowsNameChange = false, allowsKindChange = false } = options;
  const isNoted = allowsNameChange || allowsKindChange;
  const noted = isNoted ? withMetadata(node, textAnnotations) : node;
  return { node: noted, allowsNameChange, allowsKindChange, ...(scope && { scope }) };
}

const textAnnotations = (metadata: MapNode) => withTextEntries(metadata, 'annotations');

/**
 * The copy of a patch for one of several objects (api/resmap/reswrangler.go, `ApplySmPatch`): labels and annotations
 * become texts, so a null in them removes nothing, and the API version is the object's.
 */
export function copyFor(patch: MergePatch, { node: object }: EngineResource): MergePatch {
  const { name, namespace, kind } = currentId(patch);
  const texts = withMetadata(patch.node, (metadata) => {
    const labeled = withPlainText(withTextEntries(textAnnotations(metadata), 'labels'), 'name', name);
    return namespace === ''
      ? withEntry(labeled, 'namespace', undefined)
      : withPlainText(labeled, 'namespace', namespace);
  });
  const { group, version } = kindOf(object);
  const node = withPlainText(texts, 'apiVersion', group === '' ? version : `${group}/${version}`);
  return { ...patch, node: withPlainText(node, 'kind', kind) };
}

/**
 * The resource after a strategic merge patch (api/resource/resource.go, `ApplySmPatch`): kind and name stay unless the
 * patch may change them, the namespace always.
 * @returns undefined when nothing is left of it
 */
export function applyMergePatch(
  resource: EngineResource,
  patch: MergePatch,
  site: Site,
  context: TransformContext,
): EngineResource | EngineFault | undefined {
  const { name, namespace, kind } = currentId(resource);
  const isNoted = patch.allowsNameChange || patch.allowsKindChange;
  const before = isNoted ? storePreviousId(resource) : resource;
  if (hasLostNotes(before, false)) return notAMap(before, context);
  const marked = withBuildAnnotations(before);
  const merged = mergeStrategically(marked, patch.node, shapesOf(context));
  if (merged instanceof MergeConflict) {
    const at = merged.path.length === 0 ? '' : ` at ${merged.path.join('.')}`;
    const message = `The patch does not fit ${describeId(currentId(resource))}${at}: it ${merged.reason}. Flux cannot build this.`;
    return context.fault('patch-does-not-fit', message, site.path);
  }
  if (merged === undefined || merged.entries.size === 0) return undefined;
  const kept = patch.allowsKindChange ? merged : withPlainText(merged, 'kind', kind);
  const node = withMetadata(kept, (metadata) => {
    const named = patch.allowsNameChange ? metadata : withPlainText(metadata, 'name', name);
    return namespace === '' ? withEntry(named, 'namespace', undefined) : withPlainText(named, 'namespace', namespace);
  });
  if (node === before.node && before === resource) return resource;
  if (marked === before.node) return { ...before, node };
  const plain = withoutBuildAnnotations(node);
  // A patch that takes the annotations away takes along what kustomize noted there.
  return plain === node ? withoutHistory({ ...before, node }) : { ...before, node: plain };
}

function withoutHistory(resource: EngineResource): EngineResource {
  return { ...resource, previousIds: [], prefixes: [], suffixes: [], generated: undefined, referredBy: [] };
}

function shapesOf({ schema }: TransformContext): ShapeOf {
  const custom = schema.custom as Partial<CustomSchema> | undefined;
  const shapeOf = custom?.mergeShapeOf?.bind(custom);
  return shapeOf ?? mergeShapeOf;
}
