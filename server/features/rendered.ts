import { type RenderedText, renderText } from '../build/rendered-text';
import { type EngineFiles } from '../build/kustomize/load/files';
import { isFault } from '../build/kustomize/fault';
import { type OriginStep, rangeOfStep } from '../build/kustomize/trace-origin';
import { type ObjectAddress } from '../model/object-address';
import { type Snapshot } from '../workspace/snapshot';
import { type FileRange } from './place';

/**
 * The text behind an address; that of all objects which its owner applies where it names none. undefined where the
 * cluster has no such Flux Kustomization, its files are not in the repository, or nothing of that name is rendered.
 */
export function renderedText(snapshot: Snapshot, { cluster, owner, object }: ObjectAddress): RenderedText | undefined {
  const found = snapshot.clusters.find((candidate) => candidate.cluster.path === cluster);
  const kustomization = found?.kustomization(owner);
  const { tree, path } = kustomization ?? {};
  if (found === undefined || kustomization === undefined || tree === undefined || path === undefined) return undefined;
  const made = renderText({ ...kustomization, tree, path }, found.environment, object === '' ? undefined : object);
  return isFault(made) || made.text === '' ? undefined : made;
}

/** Where the steps of a value's life stand, in their order, each place once; those whose file is gone are left out. */
export function placesOf(snapshot: Snapshot, steps: readonly OriginStep[]): FileRange[] {
  const files: EngineFiles = {
    stat: (path) => (snapshot.yaml(path) === undefined ? 'missing' : 'file'),
    read: (path) => {
      const file = snapshot.yaml(path);
      return file === undefined ? { kind: 'missing' } : { kind: 'text', text: file.text };
    },
  };
  const places = new Map<string, FileRange>();
  for (const step of steps) {
    const range = rangeOfStep(files, step);
    if (range === undefined) continue;
    const place = { file: step.file, range };
    // A transformer may come to a value by two ways.
    const key = JSON.stringify(place);
    if (!places.has(key)) places.set(key, place);
  }
  return [...places.values()];
}
