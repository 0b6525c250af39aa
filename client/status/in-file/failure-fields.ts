import { type Path } from '../../../server/model/json';
import { type LiveStatus } from '../live/live-status';

// By the reasons that the controllers write (kustomize-controller, helm-controller, source-controller api/v1, condition
// types). Where a reason may mean several fields, the first that is written counts.
const fieldsOf: Readonly<Record<string, Readonly<Record<string, readonly Path[]>>>> = {
  Kustomization: {
    ArtifactFailed: [
      ['spec', 'sourceRef', 'name'],
      ['spec', 'sourceRef'],
    ],
    BuildFailed: [['spec', 'path']],
    DependencyNotReady: [['spec', 'dependsOn']],
    HealthCheckFailed: [
      ['spec', 'healthChecks'],
      ['spec', 'healthCheckExprs'],
      ['spec', 'wait'],
    ],
    PruneFailed: [['spec', 'prune']],
    InvalidCELExpression: [
      ['spec', 'healthCheckExprs'],
      ['spec', 'dependsOn'],
    ],
  },
  HelmRelease: {
    ArtifactFailed: [
      ['spec', 'chartRef'],
      ['spec', 'chart', 'spec', 'sourceRef'],
      ['spec', 'chart'],
    ],
    SourceNotReady: [
      ['spec', 'chartRef'],
      ['spec', 'chart', 'spec', 'version'],
      ['spec', 'chart', 'spec', 'chart'],
    ],
    DependencyNotReady: [['spec', 'dependsOn']],
    ValuesError: [
      ['spec', 'valuesFrom'],
      ['spec', 'values'],
    ],
    TestFailed: [['spec', 'test']],
  },
  GitRepository: {
    GitOperationFailed: [
      ['spec', 'ref'],
      ['spec', 'url'],
    ],
    VerificationError: [['spec', 'verify']],
  },
  OCIRepository: {
    OCIArtifactPullFailed: [
      ['spec', 'ref'],
      ['spec', 'url'],
    ],
    VerificationError: [['spec', 'verify']],
  },
  Bucket: {
    BucketOperationFailed: [
      ['spec', 'bucketName'],
      ['spec', 'endpoint'],
    ],
  },
  HelmRepository: { IndexationFailed: [['spec', 'url']], Failed: [['spec', 'url']] },
  HelmChart: {
    InvalidChartReference: [
      ['spec', 'version'],
      ['spec', 'chart'],
    ],
  },
  ImageRepository: { ImageURLInvalid: [['spec', 'image']], ReadOperationFailed: [['spec', 'image']] },
  ImagePolicy: { InvalidPolicy: [['spec', 'policy']] },
  ImageUpdateAutomation: {
    GitOperationFailed: [['spec', 'git']],
    InvalidUpdateStrategy: [['spec', 'update']],
    InvalidSourceConfiguration: [['spec', 'sourceRef']],
  },
};
const ofAnySource: Readonly<Record<string, readonly Path[]>> = {
  AuthenticationFailed: [
    ['spec', 'secretRef'],
    ['spec', 'provider'],
    ['spec', 'url'],
  ],
  URLInvalid: [['spec', 'url']],
  AccessDenied: [
    ['spec', 'sourceRef'],
    ['spec', 'chartRef'],
  ],
};

// One reason, and what it begins with: kustomize-controller's `reconcile` and `build` tell steps apart by words alone.
const byWords: readonly (readonly [reason: string, begins: string, fields: readonly Path[]])[] = [
  ['ArtifactFailed', 'kustomization path not found', [['spec', 'path']]],
  ['BuildFailed', 'post build failed', [['spec', 'postBuild']]],
  ['BuildFailed', 'decryption failed', [['spec', 'decryption']]],
];

/** Fields that the present failure of an object speaks of, most telling first; empty where it speaks of the whole object. */
export function failureFields({
  id,
  reason,
  message,
  phase,
}: Pick<LiveStatus, 'id' | 'reason' | 'message' | 'phase'>): readonly Path[] {
  if (phase !== 'failed' && phase !== 'stalled' && phase !== 'waiting') return [];
  const said = byWords.find(([of, begins]) => of === reason && message.startsWith(begins));
  if (id.kind === 'Kustomization' && said !== undefined) return said[2];
  return fieldsOf[id.kind]?.[reason] ?? ofAnySource[reason] ?? [];
}
