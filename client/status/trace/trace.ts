import {
  describe,
  resourceKey,
  splitApiVersion,
  type ResourceId,
  type ResourceKey,
} from '../../../server/model/resource-id';
import { madeSource } from '../live/made-source';
import { ownerLabels } from '../live/owners';
import { liveItems, liveObject, liveText } from '../live/live-value';
import { type LiveObject, type LiveValue } from '../object-sink';
import { idOfObject } from '../yaml/read-objects';
import { type TraceBlock, applierBlock, sourceBlock } from './trace-block';

/** Reads one object; undefined when there is none or it may not be read. */
export type ReadObject = (id: ResourceId) => Promise<LiveObject | undefined>;

const sources = 'source.toolkit.fluxcd.io';
const generators = 'source.extensions.fluxcd.io';

/** Owners of owners are followed that far. */
const deepest = 8;

// An ArtifactGenerator takes in up to a thousand.
const mostSources = 20;

/**
 * Where an object comes from, as `flux trace` finds it (flux2 cmd/flux/trace.go): the applier that its labels name, or those
 * of its owners, a Kustomization before a HelmRelease; then what that takes its content from. The CLI knows nothing of what
 * the Flux Operator applies: a ResourceSet, which has no source, and a FluxInstance come last. It ends at an ExternalArtifact;
 * here what that is made of follows.
 * @returns the object first, its source last; a text when nothing of Flux manages it, or a step is not there
 */
export async function trace(object: LiveObject, read: ReadObject): Promise<readonly TraceBlock[] | string> {
  const id = idOfObject(object);
  let applier: ResourceId | undefined;
  for (const [prefix, group, kind] of ownerLabels) applier ??= await applierOf(object, { prefix, group, kind }, read);
  if (applier === undefined) return `${describe(id)} is not managed by Flux: no label of it or of its owners says so.`;
  const blocks: TraceBlock[] = [
    { id, title: `${id.kind}/${id.name}`, lines: [...placed(id), ['Status', 'Managed by Flux']] },
  ];
  const found = await read(applier);
  if (found === undefined) return `${describe(id)} is applied by ${describe(applier)}, which is not there.`;
  blocks.push(applierBlock(applier, found));
  const next = sourcesOf(applier, found).map((source) => ({ source, of: applier }));
  const seen = new Set<ResourceKey>();
  for (const { source, of } of next) {
    if (seen.has(resourceKey(source)) || seen.size === mostSources) continue;
    seen.add(resourceKey(source));
    const content = await read(source);
    if (content === undefined) return `${describe(of)} takes its content from ${describe(source)}, which is not there.`;
    blocks.push(sourceBlock(source, content));
    next.push(...madeOf(source, content).map((one) => ({ source: one, of: source })));
  }
  return blocks;
}

const placed = ({ namespace }: ResourceId): readonly (readonly [string, string])[] =>
  namespace === '' ? [] : [['Namespace', namespace]];

async function applierOf(
  object: LiveObject,
  applier: { readonly prefix: string; readonly group: string; readonly kind: string },
  read: ReadObject,
  depth = 0,
): Promise<ResourceId | undefined> {
  const { prefix, group, kind } = applier;
  const label = (key: string): string => liveText(object, 'metadata', 'labels', `${prefix}/${key}`) ?? '';
  if (label('name') !== '') return { group, kind, namespace: label('namespace'), name: label('name') };
  if (depth === deepest) return undefined;
  for (const reference of liveItems(object, 'metadata', 'ownerReferences')) {
    const id: ResourceId = {
      group: splitApiVersion(liveText(reference, 'apiVersion') ?? '').group,
      kind: liveText(reference, 'kind') ?? '',
      namespace: liveText(object, 'metadata', 'namespace') ?? '',
      name: liveText(reference, 'name') ?? '',
    };
    const owner = id.kind === '' || id.name === '' ? undefined : await read(id);
    const found = owner && (await applierOf(owner, applier, read, depth + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The source of an applier; of a release with a chart template the chart made of it, and what that is made from. */
function sourcesOf(applier: ResourceId, object: LiveObject): readonly ResourceId[] {
  const at = (...path: string[]): readonly ResourceId[] => referenced(liveObject(object, ...path), applier.namespace);
  if (applier.kind === 'Kustomization') return at('spec', 'sourceRef');
  if (applier.kind !== 'HelmRelease') return [];
  if (liveObject(object, 'spec', 'chartRef') !== undefined) return at('spec', 'chartRef');
  const made = madeSource(object);
  // An OCI source that stands in the release itself (Flux 2.10) refers to no other.
  return [...(made === undefined ? [] : [made]), ...at('spec', 'chart', 'spec', 'sourceRef')];
}

/** What an artifact is put together from: an ExternalArtifact by who makes it, and that by its sources. */
function madeOf({ kind, namespace }: ResourceId, object: LiveObject): readonly ResourceId[] {
  if (kind === 'ExternalArtifact') return referenced(liveObject(object, 'spec', 'sourceRef'), namespace);
  if (kind !== 'ArtifactGenerator') return [];
  return liveItems(object, 'spec', 'sources').flatMap((source) => referenced(source, namespace));
}

/** The object that a reference names; the kinds of source-controller need no group. */
function referenced(reference: LiveValue | undefined, from: string): readonly ResourceId[] {
  const text = (field: string): string => liveText(reference, field) ?? '';
  const [kind, name] = [text('kind'), text('name')];
  if (kind === '' || name === '') return [];
  const apiVersion = text('apiVersion');
  const group =
    apiVersion !== '' ? splitApiVersion(apiVersion).group : kind === 'ArtifactGenerator' ? generators : sources;
  return [{ group, kind, namespace: text('namespace') || from, name }];
}
