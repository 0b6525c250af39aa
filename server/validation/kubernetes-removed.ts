/** A version of a built-in kind that Kubernetes no longer serves, or will stop serving. */
export interface RemovedVersion {
  readonly group: string;
  readonly version: string;
  readonly kinds: readonly string[];
  /** Minor release that first marked it deprecated. */
  readonly deprecated: string;
  /** First minor release without it. */
  readonly removed: string;
  /** API version to write instead; absent when the kinds are gone for good. */
  readonly instead?: string;
}

const row = (
  apiVersion: string,
  kinds: string,
  deprecated: string,
  removed: string,
  instead?: string,
): RemovedVersion => {
  const [group = '', version = ''] = apiVersion.split('/');
  return { group, version, kinds: kinds.split(' '), deprecated, removed, ...(instead !== undefined && { instead }) };
};

/**
 * Facts from Kubernetes' deprecation guide (reference/using-api/deprecation-guide) and the `prerelease-lifecycle`
 * marks of k8s.io/api. Alpha versions are not listed: they are never served by default.
 */
export const removedVersions: readonly RemovedVersion[] = [
  row('extensions/v1beta1', 'DaemonSet Deployment ReplicaSet', '1.8', '1.16', 'apps/v1'),
  row('extensions/v1beta1', 'NetworkPolicy', '1.9', '1.16', 'networking.k8s.io/v1'),
  row('extensions/v1beta1', 'PodSecurityPolicy', '1.10', '1.16'),
  row('extensions/v1beta1', 'Ingress', '1.14', '1.22', 'networking.k8s.io/v1'),
  row('apps/v1beta1', 'ControllerRevision Deployment StatefulSet', '1.8', '1.16', 'apps/v1'),
  row('apps/v1beta2', 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet', '1.9', '1.16', 'apps/v1'),
  row(
    'admissionregistration.k8s.io/v1beta1',
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    '1.16',
    '1.22',
    'admissionregistration.k8s.io/v1',
  ),
  row('apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', '1.16', '1.22', 'apiextensions.k8s.io/v1'),
  row('apiregistration.k8s.io/v1beta1', 'APIService', '1.19', '1.22', 'apiregistration.k8s.io/v1'),
  row('authentication.k8s.io/v1beta1', 'TokenReview', '1.19', '1.22', 'authentication.k8s.io/v1'),
  row(
    'authorization.k8s.io/v1beta1',
    'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
    '1.19',
    '1.22',
    'authorization.k8s.io/v1',
  ),
  row('certificates.k8s.io/v1beta1', 'CertificateSigningRequest', '1.19', '1.22', 'certificates.k8s.io/v1'),
  row('coordination.k8s.io/v1beta1', 'Lease', '1.19', '1.22', 'coordination.k8s.io/v1'),
  row('networking.k8s.io/v1beta1', 'Ingress IngressClass', '1.19', '1.22', 'networking.k8s.io/v1'),
  row(
    'rbac.authorization.k8s.io/v1beta1',
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    '1.17',
    '1.22',
    'rbac.authorization.k8s.io/v1',
  ),
  row('scheduling.k8s.io/v1beta1', 'PriorityClass', '1.14', '1.22', 'scheduling.k8s.io/v1'),
  row('storage.k8s.io/v1beta1', 'CSIDriver', '1.19', '1.22', 'storage.k8s.io/v1'),
  row('storage.k8s.io/v1beta1', 'CSINode', '1.19', '1.22', 'storage.k8s.io/v1'),
  row('storage.k8s.io/v1beta1', 'StorageClass', '1.19', '1.22', 'storage.k8s.io/v1'),
  row('storage.k8s.io/v1beta1', 'VolumeAttachment', '1.19', '1.22', 'storage.k8s.io/v1'),
  row('storage.k8s.io/v1beta1', 'CSIStorageCapacity', '1.24', '1.27', 'storage.k8s.io/v1'),
  row('autoscaling/v2beta1', 'HorizontalPodAutoscaler', '1.22', '1.25', 'autoscaling/v2'),
  row('autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.23', '1.26', 'autoscaling/v2'),
  row('batch/v1beta1', 'CronJob', '1.21', '1.25', 'batch/v1'),
  row('discovery.k8s.io/v1beta1', 'EndpointSlice', '1.21', '1.25', 'discovery.k8s.io/v1'),
  row('events.k8s.io/v1beta1', 'Event', '1.19', '1.25', 'events.k8s.io/v1'),
  row('node.k8s.io/v1beta1', 'RuntimeClass', '1.20', '1.25', 'node.k8s.io/v1'),
  row('policy/v1beta1', 'PodDisruptionBudget', '1.21', '1.25', 'policy/v1'),
  row('policy/v1beta1', 'PodSecurityPolicy', '1.21', '1.25'),
  row(
    'flowcontrol.apiserver.k8s.io/v1beta1',
    'FlowSchema PriorityLevelConfiguration',
    '1.23',
    '1.26',
    'flowcontrol.apiserver.k8s.io/v1',
  ),
  row(
    'flowcontrol.apiserver.k8s.io/v1beta2',
    'FlowSchema PriorityLevelConfiguration',
    '1.26',
    '1.29',
    'flowcontrol.apiserver.k8s.io/v1',
  ),
  row(
    'flowcontrol.apiserver.k8s.io/v1beta3',
    'FlowSchema PriorityLevelConfiguration',
    '1.29',
    '1.32',
    'flowcontrol.apiserver.k8s.io/v1',
  ),
  row(
    'admissionregistration.k8s.io/v1beta1',
    'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding',
    '1.31',
    '1.34',
    'admissionregistration.k8s.io/v1',
  ),
];

/** The row of a built-in kind and version that some release has removed; undefined when no release has. */
export function findRemoved(group: string, version: string, kind: string): RemovedVersion | undefined {
  return removedVersions.find((one) => one.group === group && one.version === version && one.kinds.includes(kind));
}
