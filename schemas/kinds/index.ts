import { alert } from './alert';
import { artifactGenerator } from './artifact-generator';
import { bucket } from './bucket';
import { externalArtifact } from './external-artifact';
import { fluxInstance } from './flux-instance';
import { fluxReport } from './flux-report';
import { gitRepository } from './git-repository';
import { helmChart } from './helm-chart';
import { helmRelease } from './helm-release';
import { helmRepository } from './helm-repository';
import { imagePolicy } from './image-policy';
import { imageRepository } from './image-repository';
import { imageUpdateAutomation } from './image-update-automation';
import { kustomization } from './kustomization';
import { ociRepository } from './oci-repository';
import { provider } from './provider';
import { receiver } from './receiver';
import { resourceSet } from './resource-set';
import { resourceSetInputProvider } from './resource-set-input-provider';
import { type KindEntry } from './kind';

export { findTable } from './tables';

/** The kinds of Flux and of the Flux Operator. */
export const kinds: readonly KindEntry[] = [
  kustomization,
  helmRelease,
  gitRepository,
  ociRepository,
  helmRepository,
  helmChart,
  bucket,
  externalArtifact,
  artifactGenerator,
  imageRepository,
  imagePolicy,
  imageUpdateAutomation,
  alert,
  provider,
  receiver,
  fluxInstance,
  fluxReport,
  resourceSet,
  resourceSetInputProvider,
];

const byName = new Map(kinds.map((entry) => [`${entry.group}/${entry.kind}`, entry]));

/** What is known about a kind; undefined for kinds of others. */
export function findKind(group: string, kind: string): KindEntry | undefined {
  return byName.get(`${group}/${kind}`);
}
