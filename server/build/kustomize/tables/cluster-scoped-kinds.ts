import { type GroupVersionKind } from '../fieldspec/field-spec';

/**
 * Kinds that kustomize knows to be cluster-scoped, by API version (kyaml/openapi/openapi.go v0.21.1,
 * `precomputedIsNamespaceScoped`, which follows Kubernetes 1.21.2). Every other kind counts as namespaced, newer
 * versions of these and all custom resources included.
 */
const clusterScoped: Readonly<Record<string, readonly string[]>> = {
  v1: ['ComponentStatus', 'Namespace', 'Node', 'NodeProxyOptions', 'PersistentVolume'],
  'admissionregistration.k8s.io/v1': ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  'admissionregistration.k8s.io/v1beta1': ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  'apiextensions.k8s.io/v1': ['CustomResourceDefinition'],
  'apiextensions.k8s.io/v1beta1': ['CustomResourceDefinition'],
  'apiregistration.k8s.io/v1': ['APIService'],
  'apiregistration.k8s.io/v1beta1': ['APIService'],
  'certificates.k8s.io/v1': ['CertificateSigningRequest'],
  'certificates.k8s.io/v1beta1': ['CertificateSigningRequest'],
  'flowcontrol.apiserver.k8s.io/v1beta1': ['FlowSchema', 'PriorityLevelConfiguration'],
  'networking.k8s.io/v1': ['IngressClass'],
  'networking.k8s.io/v1beta1': ['IngressClass'],
  'node.k8s.io/v1': ['RuntimeClass'],
  'node.k8s.io/v1beta1': ['RuntimeClass'],
  'policy/v1beta1': ['PodSecurityPolicy'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding'],
  'rbac.authorization.k8s.io/v1beta1': ['ClusterRole', 'ClusterRoleBinding'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'scheduling.k8s.io/v1beta1': ['PriorityClass'],
  'storage.k8s.io/v1': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
  'storage.k8s.io/v1beta1': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
};

// By kind first: that alone says no for most objects.
const versions = new Map<string, Set<string>>();
for (const [apiVersion, kinds] of Object.entries(clusterScoped)) {
  for (const kind of kinds) versions.set(kind, (versions.get(kind) ?? new Set()).add(apiVersion));
}

/** True when kustomize is certain that objects of this API version and kind have no namespace. */
export function isClusterScoped({ group, version, kind }: GroupVersionKind): boolean {
  return versions.get(kind)?.has(group === '' ? version : `${group}/${version}`) === true;
}
