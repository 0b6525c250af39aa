/**
 * What strategic merge knows of a list that it merges item by item: the fields whose values name an item, none for a
 * list of plain values. Lists not named here are replaced whole.
 */
export interface MergeField {
  readonly keys?: readonly string[];
  /** What is known of the field's map, or of the items of its list. */
  readonly shape?: MergeShape;
}

export type MergeShape = ReadonlyMap<string, MergeField>;

const shape = (fields: Readonly<Record<string, MergeField>>): MergeShape => new Map(Object.entries(fields));
const byName: MergeField = { keys: ['name'] };
const conditions = shape({ conditions: { keys: ['type'] } });

// Kubernetes 1.21.2 as kustomize carries it (kyaml/openapi/kubernetesapi/v1_21_2/swagger.pb, kyaml v0.21.1): every
// field with x-kubernetes-patch-strategy "merge", its keys from x-kubernetes-list-map-keys, else
// x-kubernetes-patch-merge-key. Each row is tried against the real tool by test/conformance/kustomize-tables.test.ts.
const metadata: MergeField = { shape: shape({ finalizers: { keys: [] }, ownerReferences: { keys: ['uid'] } }) };
const volumeUse = { volumeDevices: { keys: ['devicePath'] }, volumeMounts: { keys: ['mountPath'] } };
const container = shape({ env: byName, ports: { keys: ['containerPort', 'protocol'] }, ...volumeUse });
const podSpec = shape({
  containers: { keys: ['name'], shape: container },
  ephemeralContainers: { keys: ['name'], shape: shape({ env: byName, ...volumeUse }) },
  hostAliases: { keys: ['ip'] },
  imagePullSecrets: byName,
  initContainers: { keys: ['name'], shape: container },
  topologySpreadConstraints: { keys: ['topologyKey', 'whenUnsatisfiable'] },
  volumes: byName,
});
const podTemplate: MergeField = { shape: shape({ metadata, spec: { shape: podSpec } }) };
const templated = shape({ template: podTemplate });
const workload = shape({ metadata, spec: { shape: templated }, status: { shape: conditions } });
const cronJob = shape({
  metadata,
  spec: { shape: shape({ jobTemplate: { shape: shape({ metadata, spec: { shape: templated } }) } }) },
});
const webhooks = shape({ metadata, webhooks: byName });
const withConditions = shape({ metadata, status: { shape: conditions } });
const csiNode = shape({ metadata, spec: { shape: shape({ drivers: byName }) } });

/** Kinds of which more is known than their metadata. */
const known: ReadonlyMap<string, MergeShape> = new Map([
  ['admissionregistration.k8s.io/v1 MutatingWebhookConfiguration', webhooks],
  ['admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration', webhooks],
  ['admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration', webhooks],
  ['admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration', webhooks],
  ['apiregistration.k8s.io/v1 APIService', withConditions],
  ['apiregistration.k8s.io/v1beta1 APIService', withConditions],
  ['apps/v1 DaemonSet', workload],
  ['apps/v1 Deployment', workload],
  ['apps/v1 ReplicaSet', workload],
  ['apps/v1 StatefulSet', workload],
  ['batch/v1 CronJob', cronJob],
  ['batch/v1 Job', workload],
  ['batch/v1beta1 CronJob', cronJob],
  ['kustomize.config.k8s.io/v1beta1 Kustomization', shape({ configMapGenerator: byName, secretGenerator: byName })],
  ['policy/v1 PodDisruptionBudget', withConditions],
  ['policy/v1beta1 PodDisruptionBudget', withConditions],
  ['storage.k8s.io/v1 CSINode', csiNode],
  ['storage.k8s.io/v1beta1 CSINode', csiNode],
  ['v1 ComponentStatus', shape({ metadata, conditions: { keys: ['type'] } })],
  ['v1 Namespace', withConditions],
  [
    'v1 Node',
    shape({
      metadata,
      spec: { shape: shape({ podCIDRs: { keys: [] } }) },
      status: { shape: shape({ addresses: { keys: ['type'] }, conditions: { keys: ['type'] } }) },
    }),
  ],
  ['v1 PersistentVolumeClaim', withConditions],
  [
    'v1 Pod',
    shape({
      metadata,
      spec: { shape: podSpec },
      status: { shape: shape({ conditions: { keys: ['type'] }, podIPs: { keys: ['ip'] } }) },
    }),
  ],
  ['v1 PodTemplate', shape({ metadata, template: podTemplate })],
  ['v1 ReplicationController', workload],
  [
    'v1 Service',
    shape({
      metadata,
      spec: { shape: shape({ ports: { keys: ['port', 'protocol'] } }) },
      status: { shape: conditions },
    }),
  ],
  ['v1 ServiceAccount', shape({ metadata, secrets: byName })],
]);

/** Kinds of Kubernetes 1.21.2 of which only the metadata is merged item by item. */
const plain: Readonly<Record<string, readonly string[]>> = {
  v1: 'Binding ConfigMap Endpoints Event LimitRange PersistentVolume ResourceQuota Secret'.split(' '),
  'apiextensions.k8s.io/v1': ['CustomResourceDefinition'],
  'apiextensions.k8s.io/v1beta1': ['CustomResourceDefinition'],
  'apps/v1': ['ControllerRevision'],
  'authentication.k8s.io/v1': ['TokenRequest', 'TokenReview'],
  'authentication.k8s.io/v1beta1': ['TokenReview'],
  ...reviews('authorization.k8s.io/v1'),
  ...reviews('authorization.k8s.io/v1beta1'),
  'autoscaling/v1': ['HorizontalPodAutoscaler', 'Scale'],
  'autoscaling/v2beta1': ['HorizontalPodAutoscaler'],
  'autoscaling/v2beta2': ['HorizontalPodAutoscaler'],
  'certificates.k8s.io/v1': ['CertificateSigningRequest'],
  'certificates.k8s.io/v1beta1': ['CertificateSigningRequest'],
  'coordination.k8s.io/v1': ['Lease'],
  'coordination.k8s.io/v1beta1': ['Lease'],
  'discovery.k8s.io/v1': ['EndpointSlice'],
  'discovery.k8s.io/v1beta1': ['EndpointSlice'],
  'events.k8s.io/v1': ['Event'],
  'events.k8s.io/v1beta1': ['Event'],
  'extensions/v1beta1': ['Ingress'],
  'flowcontrol.apiserver.k8s.io/v1beta1': ['FlowSchema', 'PriorityLevelConfiguration'],
  'networking.k8s.io/v1': ['Ingress', 'IngressClass', 'NetworkPolicy'],
  'networking.k8s.io/v1beta1': ['Ingress', 'IngressClass'],
  'node.k8s.io/v1': ['RuntimeClass'],
  'node.k8s.io/v1beta1': ['RuntimeClass'],
  'policy/v1beta1': ['Eviction', 'PodSecurityPolicy'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'rbac.authorization.k8s.io/v1beta1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'scheduling.k8s.io/v1beta1': ['PriorityClass'],
  'storage.k8s.io/v1': ['CSIDriver', 'StorageClass', 'VolumeAttachment'],
  'storage.k8s.io/v1beta1': ['CSIDriver', 'CSIStorageCapacity', 'StorageClass', 'VolumeAttachment'],
};

function reviews(apiVersion: string): Readonly<Record<string, readonly string[]>> {
  const subjects = ['LocalSubjectAccessReview', 'SelfSubjectAccessReview', 'SelfSubjectRulesReview'];
  return { [apiVersion]: [...subjects, 'SubjectAccessReview'] };
}

const metadataOnly = shape({ metadata });

/** What strategic merge knows of a kind; undefined for every kind that Kubernetes 1.21.2 does not have. */
export function mergeShapeOf(apiVersion: string, kind: string): MergeShape | undefined {
  return known.get(`${apiVersion} ${kind}`) ?? (plain[apiVersion]?.includes(kind) === true ? metadataOnly : undefined);
}

/** All kinds of the table, `apiVersion Kind`, for the test that tries them. */
export function knownKinds(): readonly string[] {
  return [...known.keys(), ...Object.entries(plain).flatMap(([version, kinds]) => kinds.map((k) => `${version} ${k}`))];
}
