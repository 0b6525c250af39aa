import { parseRevision, sameRevision } from '../live/revision';
import { type LiveStatus } from '../live/live-status';

/**
 * Whether what an object has applied is another revision than its source serves, by the rule of its kind. Undefined when
 * one of them is not known, or the kind does not say.
 */
export function differsFromSource(object: LiveStatus, source: LiveStatus): boolean | undefined {
  const { applied, appliedOrigin, observedSource } = object.revisions;
  const { artifact, artifactOrigin } = source.revisions;
  switch (object.id.kind) {
    case 'Kustomization': {
      const isSame = sameRevision(applied, artifact);
      if (isSame !== true) return isSame === undefined ? undefined : true;
      return appliedOrigin === undefined || artifactOrigin === undefined
        ? false
        : sameRevision(appliedOrigin, artifactOrigin) === false;
    }
    case 'HelmRelease':
      return chartDiffers(object, artifact);
    case 'HelmChart': {
      const isSame = sameRevision(observedSource, artifact);
      return isSame === undefined ? undefined : !isSame;
    }
    default:
      return undefined;
  }
}

/**
 * A HelmChart's artifact has the version of the chart; one of a registry a digest, which the release keeps in its history
 * and, shortened, as build metadata of the version (helm-controller, mutateChartWithSourceRevision).
 */
function chartDiffers({ revisions, facts }: LiveStatus, artifact: string | undefined): boolean | undefined {
  const served = parseRevision(artifact);
  const { applied } = revisions;
  if (served === undefined || applied === undefined) return undefined;
  if (served.hex === undefined) return applied !== served.name;
  const digest = facts?.kind === 'release' ? parseRevision(facts.digest)?.hex : undefined;
  if (digest !== undefined) return digest !== served.hex;
  const [, metadata] = applied.split('+');
  return metadata !== undefined && /^[0-9a-f]{12}$/.test(metadata) ? !served.hex.startsWith(metadata) : undefined;
}
