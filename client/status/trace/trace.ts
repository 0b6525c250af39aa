import { describe, splitApiVersion, type ResourceId } from '../../../server/model/resource-id';
import { ownerLabels } from '../live/owners';
import { liveItems, liveObject, liveText } from '../live/live-value';
import { type LiveObject } from '../object-sink';
import { idOfObject } from '../yaml/read-objects';
import { type TraceBlock, applierBlock, sourceBlock } from './trace-block';

/** Reads one object; undefined when there is none or it may not be read. */
export type ReadObject = (id: ResourceId) => Promise<LiveObject | undefined>;

const sources = 'source.toolkit.fluxcd.io';

/** Owners of owners are followed that far. */
const deepest = 8;

/**
 * Where an object comes from, as `flux trace` finds it (flux2 cmd/flux/trace.go): the applier that its labels name, or those
 * of its owners, a Kustomization before a HelmRelease; then what that takes its content from. The CLI knows nothing of what
 * the Flux Operator applies: a ResourceSet, which has no source, and a FluxInstance come last.
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
  for (const source of sourcesOf(applier, found)) {
    const content = await read(source);
    if (content === undefined)
      return `${describe(applier)} takes its content from ${describe(source)}, which is not there.`;
    blocks.push(sourceBlock(source, content));
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
  const at = (...path: string[]): readonly ResourceId[] => {
    const reference = liveObject(object, ...path);
    const [kind = '', name = ''] = [liveText(reference, 'kind'), liveText(reference, 'name')];
    const namespace = liveText(reference, 'namespace') ?? '';
    return kind === '' || name === ''
      ? []
      : [{ group: sources, kind, namespace: namespace === '' ? applier.namespace : namespace, name }];
  };
  if (applier.kind === 'Kustomization') return at('spec', 'sourceRef');
  if (applier.kind !== 'HelmRelease') return [];
  if (liveObject(object, 'spec', 'chartRef') !== undefined) return at('spec', 'chartRef');
  const [namespace = '', name = ''] = (liveText(object, 'status', 'helmChart') ?? '').split('/');
  // Flux 2.10: what the template makes may be an OCI source in place of a chart.
  const kind = liveText(object, 'spec', 'chart', 'kind') === 'OCIRepository' ? 'OCIRepository' : 'HelmChart';
  const chart = name === '' ? [] : [{ group: sources, kind, namespace, name }];
  return [...chart, ...at('spec', 'chart', 'spec', 'sourceRef')];
}
