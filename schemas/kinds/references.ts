import { type ReferenceField } from './kind';

const secrets = [{ group: '', kind: 'Secret' }] as const;

/** A kind of source-controller. */
export const source = (kind: string): ReferenceField['kinds'][number] => ({ group: 'source.toolkit.fluxcd.io', kind });

const lastStep = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** A Secret of the own namespace, named by `name` of the object at `path`; the role is the field's name. */
export const secret = (path: string): ReferenceField => ({
  path,
  role: lastStep(path),
  name: 'name',
  kinds: secrets,
  expected: 'elsewhere',
});

/** A Secret of the own namespace, named by the text at `path` itself. */
export const secretNamed = (path: string, role: string): ReferenceField => ({
  path,
  role,
  name: '',
  kinds: secrets,
  expected: 'elsewhere',
});

/** A ConfigMap of the own namespace. */
export const configMap = (path: string): ReferenceField => ({
  path,
  role: lastStep(path),
  name: 'name',
  kinds: [{ group: '', kind: 'ConfigMap' }],
  expected: 'elsewhere',
});

/** A ServiceAccount of the own namespace, named by the text at `path`. */
export const serviceAccount = (path: string): ReferenceField => ({
  path,
  role: 'serviceAccountName',
  name: '',
  kinds: [{ group: '', kind: 'ServiceAccount' }],
  expected: 'elsewhere',
});

/** A ConfigMap or Secret whose data are values or variables. */
export const valuesObject = (path: string, role: string): ReferenceField => ({
  path,
  role,
  name: 'name',
  kinds: [
    { group: '', kind: 'ConfigMap' },
    { group: '', kind: 'Secret' },
  ],
  kind: 'kind',
  optional: 'optional',
  expected: 'elsewhere',
});

/** An object of any kind, named in full. */
export const anyKind = (path: string, role: string): ReferenceField => ({
  path,
  role,
  name: 'name',
  namespace: 'namespace',
  kinds: [],
  kind: 'kind',
  apiVersion: 'apiVersion',
  expected: 'elsewhere',
});

/** What Alerts may listen to and Receivers may trigger; the Flux Operator adds its own kinds to their CRDs. */
export const reconciledKinds: ReferenceField['kinds'] = [
  { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization' },
  { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease' },
  source('GitRepository'),
  source('OCIRepository'),
  source('Bucket'),
  source('HelmRepository'),
  source('HelmChart'),
  source('ExternalArtifact'),
  { group: 'source.extensions.fluxcd.io', kind: 'ArtifactGenerator' },
  { group: 'image.toolkit.fluxcd.io', kind: 'ImageRepository' },
  { group: 'image.toolkit.fluxcd.io', kind: 'ImagePolicy' },
  { group: 'image.toolkit.fluxcd.io', kind: 'ImageUpdateAutomation' },
  { group: 'fluxcd.controlplane.io', kind: 'FluxInstance' },
  { group: 'fluxcd.controlplane.io', kind: 'ResourceSet' },
  { group: 'fluxcd.controlplane.io', kind: 'ResourceSetInputProvider' },
];
