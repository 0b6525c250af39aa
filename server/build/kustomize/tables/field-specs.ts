import { type FieldSpec, type TransformerConfig } from '../transformer-config';

type Row = Partial<FieldSpec> & Pick<FieldSpec, 'path'>;

const specs = (...rows: readonly Row[]): readonly FieldSpec[] =>
  rows.map((row) => ({ group: '', version: '', kind: '', create: false, ...row }));

// The fields that the transformers touch when no `configurations` say more
// (kustomize api v0.21.1, api/internal/konfig/builtinpluginconsts; one constant per file there).

const pod = 'spec/template/spec';
const matchLabels = 'labelSelector/matchLabels';

/** Label selectors inside the pod template of the two kinds whose selectors kustomize keeps in step. */
function podSelectors(kind: string): readonly Row[] {
  const during = 'DuringSchedulingIgnoredDuringExecution';
  return [
    `${pod}/affinity/podAffinity/preferred${during}/podAffinityTerm/${matchLabels}`,
    `${pod}/affinity/podAffinity/required${during}/${matchLabels}`,
    `${pod}/affinity/podAntiAffinity/preferred${during}/podAffinityTerm/${matchLabels}`,
    `${pod}/affinity/podAntiAffinity/required${during}/${matchLabels}`,
    `${pod}/topologySpreadConstraints/${matchLabels}`,
  ].map((path) => ({ path, group: 'apps', kind }));
}

/** metadatalabels.go and templatelabels.go: the object's own labels and those of what it makes. */
const templateLabelSpecs = specs(
  { path: 'metadata/labels', create: true },
  { path: 'spec/template/metadata/labels', create: true, version: 'v1', kind: 'ReplicationController' },
  { path: 'spec/template/metadata/labels', create: true, kind: 'Deployment' },
  { path: 'spec/template/metadata/labels', create: true, kind: 'ReplicaSet' },
  { path: 'spec/template/metadata/labels', create: true, kind: 'DaemonSet' },
  { path: 'spec/template/metadata/labels', create: true, group: 'apps', kind: 'StatefulSet' },
  { path: 'spec/volumeClaimTemplates[]/metadata/labels', create: true, group: 'apps', kind: 'StatefulSet' },
  { path: 'spec/template/metadata/labels', create: true, group: 'batch', kind: 'Job' },
  { path: 'spec/jobTemplate/metadata/labels', create: true, group: 'batch', kind: 'CronJob' },
  { path: 'spec/jobTemplate/spec/template/metadata/labels', create: true, group: 'batch', kind: 'CronJob' },
);

/** commonlabels.go: selectors, then all of metadatalabels.go. */
const commonLabelSpecs = specs(
  { path: 'spec/selector', create: true, version: 'v1', kind: 'Service' },
  { path: 'spec/selector', create: true, version: 'v1', kind: 'ReplicationController' },
  { path: 'spec/selector/matchLabels', create: true, kind: 'Deployment' },
  ...podSelectors('Deployment'),
  { path: 'spec/selector/matchLabels', create: true, kind: 'ReplicaSet' },
  { path: 'spec/selector/matchLabels', create: true, kind: 'DaemonSet' },
  { path: 'spec/selector/matchLabels', create: true, group: 'apps', kind: 'StatefulSet' },
  ...podSelectors('StatefulSet'),
  { path: 'spec/selector/matchLabels', group: 'batch', kind: 'Job' },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', group: 'batch', kind: 'CronJob' },
  { path: 'spec/selector/matchLabels', group: 'policy', kind: 'PodDisruptionBudget' },
  { path: 'spec/podSelector/matchLabels', group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  { path: 'spec/ingress/from/podSelector/matchLabels', group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  { path: 'spec/egress/to/podSelector/matchLabels', group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  ...templateLabelSpecs,
);

/** commonannotations.go */
const commonAnnotationSpecs = specs(
  { path: 'metadata/annotations', create: true },
  { path: 'spec/template/metadata/annotations', create: true, version: 'v1', kind: 'ReplicationController' },
  { path: 'spec/template/metadata/annotations', create: true, kind: 'Deployment' },
  { path: 'spec/template/metadata/annotations', create: true, kind: 'ReplicaSet' },
  { path: 'spec/template/metadata/annotations', create: true, kind: 'DaemonSet' },
  { path: 'spec/template/metadata/annotations', create: true, kind: 'StatefulSet' },
  { path: 'spec/template/metadata/annotations', create: true, group: 'batch', kind: 'Job' },
  { path: 'spec/jobTemplate/metadata/annotations', create: true, group: 'batch', kind: 'CronJob' },
  { path: 'spec/jobTemplate/spec/template/metadata/annotations', create: true, group: 'batch', kind: 'CronJob' },
);

/** images.go */
const imageSpecs = specs(
  { path: 'spec/containers[]/image', create: true },
  { path: 'spec/initContainers[]/image', create: true },
  { path: 'spec/volumes[]/image/reference', create: true },
  { path: `${pod}/containers[]/image`, create: true },
  { path: `${pod}/initContainers[]/image`, create: true },
  { path: `${pod}/volumes[]/image/reference`, create: true },
);

/** replicas.go */
const replicaSpecs = specs(
  { path: 'spec/replicas', create: true, kind: 'Deployment' },
  { path: 'spec/replicas', create: true, kind: 'ReplicationController' },
  { path: 'spec/replicas', create: true, kind: 'ReplicaSet' },
  { path: 'spec/replicas', create: true, kind: 'StatefulSet' },
);

/** namespace.go; `metadata/namespace` and the subjects of role bindings are dealt with by the transformer itself. */
const namespaceSpecs = specs(
  { path: 'metadata/name', create: true, kind: 'Namespace' },
  { path: 'spec/service/namespace', create: true, group: 'apiregistration.k8s.io', kind: 'APIService' },
  {
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
  },
);

/** nameprefix.go and namesuffix.go */
const nameAffixSpecs = specs({ path: 'metadata/name' });

/** The tables in force without `configurations`, name and variable references aside. */
export const defaultFieldSpecs: Omit<TransformerConfig, 'nameReference' | 'varReference'> = {
  namePrefix: nameAffixSpecs,
  nameSuffix: nameAffixSpecs,
  namespace: namespaceSpecs,
  labels: [],
  templateLabels: templateLabelSpecs,
  commonLabels: commonLabelSpecs,
  commonAnnotations: commonAnnotationSpecs,
  images: imageSpecs,
  replicas: replicaSpecs,
};
