import { type FieldSpec } from '../transformer-config';

// Fields in which `$(NAME)` is replaced (kustomize api v0.21.1,
// api/internal/konfig/builtinpluginconsts/varreference.go).

const template = 'spec/template/spec';
const jobTemplate = `spec/jobTemplate/${template}`;

const at = (path: string, kind = ''): FieldSpec => ({ group: '', version: '', kind, path, create: false });

const inContainers = ['containers', 'initContainers'].flatMap((list) =>
  ['args', 'command', 'env/value', 'volumeMounts/mountPath'].map((path) => `${list}/${path}`),
);

const pods: readonly (readonly [kind: string, base: string, volumes: string | undefined])[] = [
  // Upstream leaves out one `spec` here; kept as it is.
  ['CronJob', jobTemplate, 'spec/jobTemplate/spec/template/volumes'],
  ['DaemonSet', template, `${template}/volumes`],
  ['Deployment', template, `${template}/volumes`],
  ['Job', template, `${template}/volumes`],
  ['Pod', 'spec', 'spec/volumes'],
  ['ReplicaSet', template, `${template}/volumes`],
  ['StatefulSet', template, undefined],
];

/** The default table; its entries do not overlap, so that their order is of no effect. */
export const defaultVarReferences: readonly FieldSpec[] = [
  ...pods.flatMap(([kind, base, volumes]) => [
    ...inContainers.map((path) => at(`${base}/${path}`, kind)),
    ...(volumes === undefined ? [] : [at(`${volumes}/nfs/server`, kind)]),
  ]),
  at('spec/template/metadata/annotations', 'Deployment'),
  at('spec/rules/host', 'Ingress'),
  at('spec/tls/hosts', 'Ingress'),
  at('spec/tls/secretName', 'Ingress'),
  at('spec/ports/port', 'Service'),
  at('spec/ports/targetPort', 'Service'),
  at('spec/volumeClaimTemplates/spec/nfs/server', 'StatefulSet'),
  at('spec/nfs/server', 'PersistentVolume'),
  at('metadata/labels'),
  at('metadata/annotations'),
];
