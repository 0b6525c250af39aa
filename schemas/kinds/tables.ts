import alert from '../flux/alert.fields.json';
import artifactGenerator from '../flux/artifact-generator.fields.json';
import bucket from '../flux/bucket.fields.json';
import externalArtifact from '../flux/external-artifact.fields.json';
import fluxInstance from '../flux-operator/flux-instance.fields.json';
import fluxReport from '../flux-operator/flux-report.fields.json';
import gitRepository from '../flux/git-repository.fields.json';
import helmChart from '../flux/helm-chart.fields.json';
import helmRelease from '../flux/helm-release.fields.json';
import helmRepository from '../flux/helm-repository.fields.json';
import imagePolicy from '../flux/image-policy.fields.json';
import imageRepository from '../flux/image-repository.fields.json';
import imageUpdateAutomation from '../flux/image-update-automation.fields.json';
import kustomization from '../flux/kustomization.fields.json';
import kustomizeComponent from '../kustomize/component.fields.json';
import kustomizeKustomization from '../kustomize/kustomization.fields.json';
import ociRepository from '../flux/oci-repository.fields.json';
import provider from '../flux/provider.fields.json';
import receiver from '../flux/receiver.fields.json';
import resourceSet from '../flux-operator/resource-set.fields.json';
import resourceSetInputProvider from '../flux-operator/resource-set-input-provider.fields.json';
import { type FieldTable } from '../field-table';

const tables: Readonly<Record<string, () => FieldTable>> = {
  'kustomize.toolkit.fluxcd.io/Kustomization': kustomization,
  'helm.toolkit.fluxcd.io/HelmRelease': helmRelease,
  'source.toolkit.fluxcd.io/GitRepository': gitRepository,
  'source.toolkit.fluxcd.io/OCIRepository': ociRepository,
  'source.toolkit.fluxcd.io/HelmRepository': helmRepository,
  'source.toolkit.fluxcd.io/HelmChart': helmChart,
  'source.toolkit.fluxcd.io/Bucket': bucket,
  'source.toolkit.fluxcd.io/ExternalArtifact': externalArtifact,
  'source.extensions.fluxcd.io/ArtifactGenerator': artifactGenerator,
  'image.toolkit.fluxcd.io/ImageRepository': imageRepository,
  'image.toolkit.fluxcd.io/ImagePolicy': imagePolicy,
  'image.toolkit.fluxcd.io/ImageUpdateAutomation': imageUpdateAutomation,
  'notification.toolkit.fluxcd.io/Alert': alert,
  'notification.toolkit.fluxcd.io/Provider': provider,
  'notification.toolkit.fluxcd.io/Receiver': receiver,
  'fluxcd.controlplane.io/FluxInstance': fluxInstance,
  'fluxcd.controlplane.io/FluxReport': fluxReport,
  'fluxcd.controlplane.io/ResourceSet': resourceSet,
  'fluxcd.controlplane.io/ResourceSetInputProvider': resourceSetInputProvider,
  'kustomize.config.k8s.io/Kustomization': kustomizeKustomization,
  'kustomize.config.k8s.io/Component': kustomizeComponent,
};

/**
 * The fields of a kind of Flux, the Flux Operator or kustomize, read from the bundle on the first call; undefined for
 * kinds of others. Files that are no objects have theirs in `file-tables.ts`.
 */
export function findTable(group: string, kind: string): FieldTable | undefined {
  const key = `${group}/${kind}`;
  return Object.hasOwn(tables, key) ? tables[key]?.() : undefined;
}
