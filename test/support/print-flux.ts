import { isFault, type EngineFault } from '../../server/build/kustomize/fault';
import { printKustomization } from '../../server/build/print';
import { finish } from '../../server/model/steps';
import { parseResourceKey } from '../../server/model/resource-id';
import { createWorkspace } from '../../server/workspace/workspace';
import { memoryFiles } from './memory-files';

export type PrintedFlux = { readonly text: string } | { readonly fault: EngineFault };

const quiet = {
  git: { remotes: () => undefined, isTracked: () => undefined },
  clock: {
    now: () => 0,
    yield: (callback: () => void) => callback(),
    after: (_: number, callback: () => void) => callback(),
  },
  log: { write: () => undefined },
};

/**
 * What a Flux Kustomization comes to in a cluster of its own. `objects`: it, and what it takes variables from, as YAML;
 * `files`: those of the artifact, as bytes where they are no text.
 */
export function printFlux(
  files: ReadonlyMap<string, string | Uint8Array>,
  objects: readonly string[],
  fluxVersion: string,
): PrintedFlux {
  const all = memoryFiles({ 'clusters/one/flux-system/gotk-sync.yaml': '' });
  for (const [path, content] of files) {
    if (typeof content === 'string') all.set(path, content);
    else {
      all.set(path, '');
      all.setResult(path, { kind: 'invalid-utf8', text: '', offset: 0, bytes: content });
    }
  }
  for (const [index, text] of objects.entries()) all.set(`clusters/one/${String(index)}.yaml`, text);
  const workspace = createWorkspace({ ...quiet, files: all }, { fluxVersion });
  const [cluster] = finish(workspace.link()).clusters;
  const key = [...(cluster?.builds.keys() ?? [])].find((one) => parseResourceKey(one)?.name !== 'flux-system');
  const found = key === undefined ? undefined : cluster?.kustomization(key);
  if (cluster === undefined || found?.tree === undefined || found.path === undefined) {
    throw new Error('there is no Flux Kustomization, or its files are not known');
  }
  const printed = printKustomization({ ...found, tree: found.tree, path: found.path }, cluster.environment);
  return isFault(printed) ? { fault: printed } : { text: printed.text };
}
