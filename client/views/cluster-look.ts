import { fluxVersion } from '../language/status-text';
import { type ClusterInfo } from '../../server/protocol/repository';

/** How a cluster of a repository is shown in a row. */
export interface ClusterLook {
  readonly description: string;
  readonly tooltip: string;
  /** What is heard of the row. */
  readonly label: string;
  /** Id of a color of the theme; the word for it stands in the description. */
  readonly color: string | undefined;
}

/** The row of a cluster: its Flux version, and the color that the repository gives it, in words too. */
export function clusterLook(cluster: ClusterInfo): ClusterLook {
  const { path, colour, flux, kustomizations, objects, evidence } = cluster;
  const version = `Flux ${fluxVersion(cluster)}`;
  return {
    description: [version, colour].filter(Boolean).join(' · '),
    tooltip: [
      path,
      `${version}: ${flux.evidence}`,
      `${kustomizations} Flux Kustomizations, ${objects} objects`,
      ...evidence.map(({ text }) => text),
    ].join('\n'),
    label: [`Cluster ${path}`, version, colour].filter(Boolean).join(', '),
    color: colour === undefined ? undefined : `charts.${colour}`,
  };
}
