import { findKind } from '../../../schemas/kinds/index';
import { type KindEntry } from '../../../schemas/kinds/kind';
import { liveText } from '../live/live-value';
import { canary } from './canary';
import { controller } from './controller';
import { imageChoiceFacts, imageScanFacts, imageUpdateFacts } from './image-facts';
import { type LiveKind } from './live-kind';
import { releaseFacts } from './release-facts';
import { sourceFacts } from './source-facts';

type OwnData = Omit<LiveKind, keyof KindEntry | 'section'>;

const nothing = { inventory: 'none', health: 'none', revisions: {} } as const;
const source = {
  ...nothing,
  revisions: { artifact: ['status', 'artifact', 'revision'] },
  timeout: 60_000,
} as const;
const operatorRevisions = {
  applied: ['status', 'lastAppliedRevision'],
  attempted: ['status', 'lastAttemptedRevision'],
} as const;

const groups = {
  kustomize: 'kustomize.toolkit.fluxcd.io',
  helm: 'helm.toolkit.fluxcd.io',
  source: 'source.toolkit.fluxcd.io',
  extensions: 'source.extensions.fluxcd.io',
  image: 'image.toolkit.fluxcd.io',
  notification: 'notification.toolkit.fluxcd.io',
  operator: 'fluxcd.controlplane.io',
} as const;

const table: readonly (readonly [group: keyof typeof groups, kind: string, own: OwnData])[] = [
  [
    'kustomize',
    'Kustomization',
    {
      title: 'Kustomizations',
      inventory: 'always',
      health: 'kustomization',
      revisions: {
        applied: ['status', 'lastAppliedRevision'],
        appliedOrigin: ['status', 'lastAppliedOriginRevision'],
        attempted: ['status', 'lastAttemptedRevision'],
      },
      timeout: 'below-interval',
      heartbeat: 'history',
    },
  ],
  [
    'helm',
    'HelmRelease',
    {
      title: 'Helm Releases',
      inventory: 'newer',
      health: 'helm',
      // What was applied stands in the history; before Flux 2.2 here.
      revisions: { applied: ['status', 'lastAppliedRevision'], attempted: ['status', 'lastAttemptedRevision'] },
      timeout: 300_000,
      facts: releaseFacts,
    },
  ],
  [
    'operator',
    'FluxInstance',
    {
      title: 'Flux Instances',
      inventory: 'always',
      health: 'wait-on-by-default',
      revisions: operatorRevisions,
      timeout: 300_000,
      heartbeat: 'history',
    },
  ],
  [
    'operator',
    'ResourceSet',
    {
      title: 'Resource Sets',
      inventory: 'always',
      health: 'wait-off-by-default',
      revisions: operatorRevisions,
      timeout: 300_000,
      heartbeat: 'history',
    },
  ],
  ['operator', 'ResourceSetInputProvider', { title: 'Input Providers', ...nothing }],
  ['operator', 'FluxReport', { title: 'Flux Reports', ...nothing }],
  ['source', 'GitRepository', { title: 'Git Repositories', ...source, facts: sourceFacts }],
  ['source', 'OCIRepository', { title: 'OCI Repositories', ...source, facts: sourceFacts }],
  ['source', 'Bucket', { title: 'Buckets', ...source, facts: sourceFacts }],
  [
    'source',
    'HelmRepository',
    {
      title: 'Helm Repositories',
      ...source,
      // A registry has no index to fetch; its charts are pulled by name (source-controller 1.1 and newer).
      staticWhen: { path: ['spec', 'type'], is: 'oci' },
      facts: sourceFacts,
    },
  ],
  [
    'source',
    'HelmChart',
    {
      title: 'Helm Charts',
      ...source,
      revisions: { ...source.revisions, observedSource: ['status', 'observedSourceArtifactRevision'] },
    },
  ],
  ['source', 'ExternalArtifact', { title: 'External Artifacts', ...source }],
  ['extensions', 'ArtifactGenerator', { title: 'Artifact Generators', ...nothing, inventory: 'always' }],
  [
    'image',
    'ImageRepository',
    {
      title: 'Image Repositories',
      ...nothing,
      heartbeat: ['status', 'lastScanResult', 'scanTime'],
      facts: imageScanFacts,
    },
  ],
  ['image', 'ImagePolicy', { title: 'Image Policies', ...nothing, facts: imageChoiceFacts }],
  [
    'image',
    'ImageUpdateAutomation',
    {
      title: 'Image Update Automations',
      ...nothing,
      heartbeat: ['status', 'lastAutomationRunTime'],
      facts: imageUpdateFacts,
    },
  ],
  ['notification', 'Alert', { title: 'Alerts', ...nothing }],
  ['notification', 'Provider', { title: 'Alert Providers', ...nothing }],
  [
    'notification',
    'Receiver',
    {
      title: 'Receivers',
      ...nothing,
      facts: (object) => {
        const path = liveText(object, 'status', 'webhookPath');
        return path === undefined ? undefined : { kind: 'receiver', path };
      },
    },
  ],
];

function join(group: string, kind: string, own: OwnData): LiveKind {
  const entry = findKind(group, kind);
  if (entry === undefined) throw new RangeError(`schemas/kinds knows no ${kind}`);
  const { plural, category: section, capabilities, references } = entry;
  return { group, kind, plural, section, capabilities, references, ...own };
}

/** Every kind that is watched, in the order of lists: what applies first, sources, images, the rest. */
export const liveKinds: readonly LiveKind[] = [
  ...table.map(([group, kind, own]) => join(groups[group], kind, own)),
  canary,
  controller,
];

const byName = new Map(liveKinds.map((entry) => [`${entry.group}/${entry.kind}`, entry]));

/** How a kind is read; undefined for kinds that are not watched. */
export function findLiveKind(group: string, kind: string): LiveKind | undefined {
  return byName.get(`${group}/${kind}`);
}

const places = new Map(liveKinds.map(({ group, kind }, place) => [`${group}/${kind}`, place]));

/** Place of a kind in lists; kinds that are not watched come last. */
export function kindOrder(group: string, kind: string): number {
  return places.get(`${group}/${kind}`) ?? liveKinds.length;
}
