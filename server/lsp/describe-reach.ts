import { findKind } from '../../schemas/kinds';
import { type BuildResult } from '../build/build';
import { type FilePath, isWithin } from '../model/file-path';
import { formatAddress } from '../model/object-address';
import { type AddressText } from '../protocol/place';
import { type Snapshot } from '../workspace/snapshot';

/** What some files reach in the clusters, as the protocol tells it. */
export interface Reach {
  readonly kustomizations: readonly AddressText[];
  readonly objects: readonly AddressText[];
}

/** Flux Kustomizations that read one of the files, and objects of known kinds that the files declare. */
export function describeReach(snapshot: Snapshot, files: readonly FilePath[]): Reach {
  const kustomizations = new Set<AddressText>();
  for (const { builds } of snapshot.clusters) {
    for (const build of builds.values()) {
      if (files.some((file) => reads(snapshot, build, file)))
        kustomizations.add(formatAddress(build.owner.object.address));
    }
  }
  const objects = new Set<AddressText>();
  for (const file of files) {
    const documents = snapshot.yaml(file)?.documents.length ?? 0;
    for (let document = 0; document < documents; document++) {
      for (const { id, address } of snapshot.renderedFrom({ file, document })) {
        if (findKind(id.group, id.kind) !== undefined) objects.add(formatAddress(address));
      }
    }
  }
  return { kustomizations: [...kustomizations], objects: [...objects] };
}

function reads(snapshot: Snapshot, { inputs, owner }: BuildResult, file: FilePath): boolean {
  if (inputs.has(file)) return true;
  // What is gone is read by nobody any more; whose it was, its folder tells.
  return owner.path !== undefined && !snapshot.isFile(file) && isWithin(file, owner.path);
}
