import { type FluxRelease, newestFlux } from '../../schemas/release';
import { type FilePath } from '../model/file-path';
import { type Files } from '../model/ports';
import { type SchemaCatalog } from '../validation/catalog';
import { type RenderedCluster } from '../workspace/cluster';
import { type Snapshot } from '../workspace/snapshot';

/** What features read. All positions in and out are UTF-16; the server turns them into the client's encoding. */
export interface FeatureContext {
  /** undefined before the first complete one, and for documents outside every root. */
  readonly snapshot: Snapshot | undefined;
  readonly schemas: SchemaCatalog;
  readonly files: Files;
  /** Adds descriptions to the schemas of Kubernetes' own kinds, which are loaded by the first call. */
  readonly describeKinds: () => void;
  readonly uriOf: (path: FilePath) => string;
  /** What the user calls recipients of encrypted files, by their public keys. */
  readonly recipientNames?: Readonly<Record<string, string>>;
}

/** The clusters that read a file; all clusters for a file that none reads, since it may be about to be added. */
export function clustersOf(snapshot: Snapshot | undefined, file: FilePath): readonly RenderedCluster[] {
  if (snapshot === undefined) return [];
  const paths = snapshot.use(file)?.clusters;
  return paths === undefined
    ? snapshot.clusters
    : snapshot.clusters.filter(({ cluster }) => paths.includes(cluster.path));
}

/** The Flux release a file is read with: that of its first cluster, the newest when none is known. */
export function releaseOf(snapshot: Snapshot | undefined, file: FilePath): FluxRelease {
  return clustersOf(snapshot, file)[0]?.cluster.flux.release ?? newestFlux;
}
