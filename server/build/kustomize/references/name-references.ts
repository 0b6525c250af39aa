import { type FieldSpec, type NameReference } from '../transformer-config';

// Fields that hold the name of another object when no `configurations` say more (kustomize api v0.21.1,
// api/internal/konfig/builtinpluginconsts/namereference.go). Written by what they have in common.

interface Kind {
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
}

function at(path: string, { group = '', version = '', kind }: Kind): FieldSpec {
  return { group, version, kind, path, create: false };
}

function reference({ group = '', version = '', kind }: Kind, referrers: readonly FieldSpec[]): NameReference {
  return { group, version, kind, referrers };
}

const template = 'spec/template/spec';
const jobTemplate = `spec/jobTemplate/${template}`;

/** Where the pod of each kind stands; pods themselves are only met in version v1 by the tables that say so. */
const podsOf: readonly (readonly [base: string, kind: Kind])[] = [
  ['spec', { kind: 'Pod', version: 'v1' }],
  ['template/spec', { kind: 'PodTemplate' }],
  [template, { kind: 'Deployment' }],
  [template, { kind: 'ReplicaSet' }],
  [template, { kind: 'DaemonSet' }],
  [template, { kind: 'StatefulSet' }],
  [template, { kind: 'Job' }],
  [jobTemplate, { kind: 'CronJob' }],
];

/** Kinds whose pods are met by the tables for names that stand once in a pod. */
const workloads: readonly (readonly [base: string, kind: Kind])[] = [
  ['spec', { kind: 'Pod' }],
  [template, { kind: 'StatefulSet' }],
  [template, { kind: 'Deployment' }],
  [template, { kind: 'ReplicationController' }],
  [jobTemplate, { kind: 'CronJob' }],
  [template, { kind: 'Job' }],
  [template, { kind: 'DaemonSet' }],
];

const inPods = (...paths: readonly string[]): FieldSpec[] =>
  podsOf.flatMap(([base, kind]) => paths.map((path) => at(`${base}/${path}`, kind)));

const inWorkloads = (path: string): FieldSpec[] => workloads.map(([base, kind]) => at(`${base}/${path}`, kind));

const containerSources = (source: string): string[] => [
  `containers/env/valueFrom/${source}KeyRef/name`,
  `initContainers/env/valueFrom/${source}KeyRef/name`,
  `containers/envFrom/${source}Ref/name`,
  `initContainers/envFrom/${source}Ref/name`,
];

const rbac = 'rbac.authorization.k8s.io';
const roleRules = [at('rules/resourceNames', { kind: 'Role' }), at('rules/resourceNames', { kind: 'ClusterRole' })];

const ingress = (path: string): FieldSpec => at(path, { kind: 'Ingress' });
const ingressAnnotation = (name: string): FieldSpec => ingress(`metadata/annotations/${name.replaceAll('/', '\\/')}`);

const configMaps = [
  ...inPods('volumes/configMap/name', ...containerSources('configMap'), 'volumes/projected/sources/configMap/name'),
  at('spec/configSource/configMap', { kind: 'Node' }),
  ...roleRules,
  ingressAnnotation('nginx.ingress.kubernetes.io/fastcgi-params-configmap'),
];

const secrets = [
  ...inPods(
    'volumes/secret/secretName',
    ...containerSources('secret'),
    'imagePullSecrets/name',
    'volumes/projected/sources/secret/name',
  ),
  ingress('spec/tls/secretName'),
  ingressAnnotation('ingress.kubernetes.io/auth-secret'),
  ingressAnnotation('nginx.ingress.kubernetes.io/auth-secret'),
  ingressAnnotation('nginx.ingress.kubernetes.io/auth-tls-secret'),
  at('imagePullSecrets/name', { kind: 'ServiceAccount' }),
  ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map((name) =>
    at(`parameters/${name}`, { kind: 'StorageClass' }),
  ),
  ...roleRules,
  at(`${template}/containers/env/valueFrom/secretKeyRef/name`, {
    group: 'serving.knative.dev',
    version: 'v1',
    kind: 'Service',
  }),
  at('spec/azureFile/secretName', { kind: 'PersistentVolume' }),
];

const services = [
  at('spec/serviceName', { group: 'apps', kind: 'StatefulSet' }),
  ingress('spec/rules/http/paths/backend/serviceName'),
  ingress('spec/backend/serviceName'),
  ingress('spec/rules/http/paths/backend/service/name'),
  ingress('spec/defaultBackend/service/name'),
  at('spec/service/name', { group: 'apiregistration.k8s.io', kind: 'APIService' }),
  ...['Validating', 'Mutating'].map((prefix) =>
    at('webhooks/clientConfig/service', {
      group: 'admissionregistration.k8s.io',
      kind: `${prefix}WebhookConfiguration`,
    }),
  ),
];

const binding = (path: string, prefix: string): FieldSpec => at(path, { group: rbac, kind: `${prefix}RoleBinding` });

/** The default table, in upstream's order; the merge of configurations sorts it. */
export const defaultNameReferences: readonly NameReference[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) =>
    reference({ kind }, [at('spec/scaleTargetRef/name', { kind: 'HorizontalPodAutoscaler' })]),
  ),
  reference({ kind: 'ConfigMap', version: 'v1' }, configMaps),
  reference({ kind: 'Secret', version: 'v1' }, secrets),
  reference({ kind: 'Service', version: 'v1' }, services),
  reference({ kind: 'Role', group: rbac }, [binding('roleRef/name', '')]),
  reference({ kind: 'ClusterRole', group: rbac }, [binding('roleRef/name', ''), binding('roleRef/name', 'Cluster')]),
  reference({ kind: 'ServiceAccount', version: 'v1' }, [
    binding('subjects', ''),
    binding('subjects', 'Cluster'),
    ...inWorkloads('serviceAccountName'),
  ]),
  reference({ kind: 'PersistentVolumeClaim', version: 'v1' }, inWorkloads('volumes/persistentVolumeClaim/claimName')),
  reference({ kind: 'PersistentVolume', version: 'v1' }, [
    at('spec/volumeName', { kind: 'PersistentVolumeClaim' }),
    at('rules/resourceNames', { kind: 'ClusterRole' }),
  ]),
  reference({ kind: 'StorageClass', version: 'v1', group: 'storage.k8s.io' }, [
    at('spec/storageClassName', { kind: 'PersistentVolume' }),
    at('spec/storageClassName', { kind: 'PersistentVolumeClaim' }),
    at('spec/volumeClaimTemplates/spec/storageClassName', { kind: 'StatefulSet' }),
  ]),
  reference({ kind: 'PriorityClass', version: 'v1', group: 'scheduling.k8s.io' }, inWorkloads('priorityClassName')),
  // The group of this entry holds a version too, so it never meets an object; kept as it is.
  reference({ kind: 'IngressClass', version: 'v1', group: 'networking.k8s.io/v1' }, [ingress('spec/ingressClassName')]),
  reference({ kind: 'ValidatingAdmissionPolicy', group: 'admissionregistration.k8s.io' }, [
    at('spec/policyName', { group: 'admissionregistration.k8s.io', kind: 'ValidatingAdmissionPolicyBinding' }),
  ]),
];
