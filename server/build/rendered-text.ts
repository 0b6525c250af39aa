import { type ResourceKey, resourceKey, splitApiVersion } from '../model/resource-id';
import { type BuildEnvironment } from './flux/environment';
import { withOwnerLabels } from './flux/common-metadata';
import { PostBuild } from './flux/post-build';
import { fluxRoot } from './flux/root-kustomization';
import { buildKustomization, emitBuild } from './kustomize/build';
import { type EngineFault, isFault } from './kustomize/fault';
import { type MapNode, type Node, textAt, textNode } from './kustomize/node';
import { type OriginStep, traceOrigin } from './kustomize/trace-origin';
import { type PrintedKustomization } from './print';
import { RecordedFiles } from './recorded-files';

/** What a Flux Kustomization applies, to look at. */
export interface RenderedText {
  readonly text: string;
  /**
   * The life of the value whose key or text is at a UTF-16 offset, the last step first: that is the place to edit.
   * Files are those of the repository. Empty where nothing of a file stands.
   */
  readonly stepsAt: (offset: number) => readonly OriginStep[];
}

/**
 * The text of one object or of all that a Flux Kustomization applies, as far as it can be rendered: what Flux refuses is
 * left out, variables that nobody knows stand as written, and values of Secrets are hidden. A fault only where nothing
 * can be shown.
 * @param only the object by its rendered id; all of them without it
 */
export function renderText(
  { object: owner, tree, path }: PrintedKustomization,
  environment: BuildEnvironment,
  only?: ResourceKey,
): RenderedText | EngineFault {
  const files = new RecordedFiles(tree);
  const inRepository = (fault: EngineFault): EngineFault => ({ ...fault, file: files.repositoryPath(fault.file) });
  const result = buildKustomization({
    files,
    directory: path,
    reorder: 'none',
    go: '1.27',
    keepsGoing: true,
    root: (read) => {
      const root = fluxRoot(read, { files, directory: path, owner });
      return isFault(root) ? root : root.loaded;
    },
  });
  if (result.kind === 'failed') return inRepository(result.fault);
  const postBuild = new PostBuild(owner, environment);
  const resources = result.resources
    .map((resource) => ({ ...resource, node: postBuild.finish(resource.node).node }))
    .filter(({ node }) => only === undefined || keyOf(node) === only)
    .map((resource) => ({
      ...resource,
      node: withOwnerLabels(withoutSecrets(resource.node), owner, resource.node.origin),
    }));
  const emitted = emitBuild({ ...result, resources });
  if (isFault(emitted)) return inRepository(emitted);
  const { text, offsets, origins } = emitted;
  const stepsAt = (offset: number): readonly OriginStep[] => {
    let index = -1;
    for (let low = 0, high = offsets.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((offsets[middle] ?? 0) <= offset) low = (index = middle) + 1;
      else high = middle;
    }
    const origin = origins[index];
    if (origin === undefined) return [];
    return traceOrigin(result.origins, origin).map((step) => ({ ...step, file: files.repositoryPath(step.file) }));
  };
  return { text, stepsAt };
}

function keyOf(node: MapNode): ResourceKey {
  return resourceKey({
    group: splitApiVersion(textAt(node, 'apiVersion') ?? '').group,
    kind: textAt(node, 'kind') ?? '',
    namespace: textAt(node, 'metadata', 'namespace') ?? '',
    name: textAt(node, 'metadata', 'name') ?? '',
  });
}

const hidden = '(hidden)';

/** A rendered Secret is never a text with its values, whatever they were made of. */
function withoutSecrets(node: MapNode): MapNode {
  if (textAt(node, 'kind') !== 'Secret' || textAt(node, 'apiVersion') !== 'v1') return node;
  const entries = [...node.entries].map(([key, value]): [string, Node] => {
    if (!['data', 'stringData'].includes(key) || value.kind !== 'map') return [key, value];
    const values = [...value.entries].map(([name, { origin }]): [string, Node] => [name, textNode(hidden, origin)]);
    return [key, { ...value, entries: new Map(values) }];
  });
  return { ...node, entries: new Map(entries) };
}
