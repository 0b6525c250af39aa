import { type Edit, type Planted } from './edit';
import { type Mutator, pick, type Place } from './mutator';
import { insertInto, isSettledAbove, keyMark, removeEntry, replaceValue, setField, valueMark } from './places';
import { type AppliedObject, type Path, type PlantedTree } from './tree';

/** Field of a kind, and the lines that make it wrong; `«` and `»` enclose what must be found. */
type Wrong = readonly [kind: string, path: string, ...lines: string[]];

const enums: readonly Wrong[] = [
  ['Kustomization', 'spec.deletionPolicy', 'deletionPolicy: «Keep»'],
  ['HelmRelease', 'spec.driftDetection', 'driftDetection:', '  mode: «enable»'],
  ['HelmRelease', 'spec.uninstall', 'uninstall:', '  deletionPropagation: «Orphan»'],
  ['HelmRelease', 'spec.upgrade.remediation.strategy', 'strategy: «revert»'],
  ['HelmRelease', 'spec.install.crds', 'crds: «Replace»'],
  ['HelmRelease', 'spec.chart.spec.reconcileStrategy', 'reconcileStrategy: «Version»'],
  ['OCIRepository', 'spec.provider', 'provider: «amazon»'],
  ['OCIRepository', 'spec.verify', 'verify:', '  provider: «cosin»'],
  ['HelmRepository', 'spec.type', 'type: «http»'],
  ['GitRepository', 'spec.provider', 'provider: «gitlab»'],
  ['Alert', 'spec.eventSeverity', 'eventSeverity: «warning»'],
  ['Provider', 'spec.type', 'type: «mattermost»'],
  ['Receiver', 'spec.type', 'type: «gitea-webhook»'],
];

const types: readonly Wrong[] = [
  ['Kustomization', 'spec.prune', 'prune: «"true"»'],
  ['Kustomization', 'spec.wait', 'wait: «1»'],
  ['Kustomization', 'spec.suspend', 'suspend: «"no"»'],
  ['HelmRelease', 'spec.suspend', 'suspend: «"off"»'],
  ['HelmRelease', 'spec.maxHistory', 'maxHistory: «three»'],
  ['HelmRelease', 'spec.dependsOn', 'dependsOn: «cilium»'],
  ['OCIRepository', 'spec.insecure', 'insecure: «"yes"»'],
  ['HelmRepository', 'spec.passCredentials', 'passCredentials: «sure»'],
  ['GitRepository', 'spec.recurseSubmodules', 'recurseSubmodules: «"true"»'],
  ['Alert', 'spec.suspend', 'suspend: «0»'],
  ['Namespace', 'metadata.labels', 'labels:', '  managed: «true»'],
  ['ConfigMap', 'metadata.annotations', 'annotations:', '  revision: «3»'],
  ['ConfigMap', 'immutable', 'immutable: «"true"»'],
  ['PersistentVolumeClaim', 'spec.volumeName', 'volumeName: «7»'],
  ['Service', 'spec.publishNotReadyAddresses', 'publishNotReadyAddresses: «"yes"»'],
  ['Deployment', 'spec.paused', 'paused: «"no"»'],
  ['CronJob', 'spec.suspend', 'suspend: «"no"»'],
  ['Job', 'spec.backoffLimit', 'backoffLimit: «often»'],
];

const patterns: readonly Wrong[] = [
  ['Kustomization', 'spec.interval', 'interval: «1 hour»'],
  ['Kustomization', 'spec.retryInterval', 'retryInterval: «2d»'],
  ['Kustomization', 'spec.timeout', 'timeout: «5min»'],
  ['HelmRelease', 'spec.interval', 'interval: «1d»'],
  ['HelmRelease', 'spec.timeout', 'timeout: «"10"»'],
  ['OCIRepository', 'spec.interval', 'interval: «daily»'],
  ['OCIRepository', 'spec.url', 'url: «https://ghcr.io/org/charts»'],
  ['HelmRepository', 'spec.interval', 'interval: «1 day»'],
  ['HelmRepository', 'spec.url', 'url: «charts.example.com»'],
  ['GitRepository', 'spec.interval', 'interval: «1w»'],
  ['GitRepository', 'spec.url', 'url: «git@github.com:org/repo.git»'],
  ['Receiver', 'spec.interval', 'interval: «10 min»'],
];

function fieldPlaces(tree: PlantedTree, table: readonly Wrong[]): Place[] {
  return tree.objects.flatMap((object) =>
    table.flatMap(([kind, dotted, ...lines]): Place[] => {
      if (kind !== object.kind || !isOurs(object)) return [];
      const edit = setField(tree, object, dotted.split('.'), lines);
      if (edit?.mark === undefined) return [];
      return [{ at: `${object.file} ${object.name} sets ${lines.join(' ')}`, plant: () => ({ edits: [edit] }) }];
    }),
  );
}

/** Kinds of other projects share names with ours: `Cluster`, `Kustomization`. */
const isOurs = ({ group }: AppliedObject): boolean =>
  ['', 'apps', 'batch'].includes(group) || group.endsWith('toolkit.fluxcd.io');

export const schemaEnum: Mutator = {
  code: 'schema-enum',
  places: (tree) => {
    // Some of the fields came with later versions: in the first they are unknown, whatever they hold.
    const isLate = ({ apiVersion, kind }: AppliedObject): boolean =>
      apiVersion.endsWith('v1beta1') || (kind === 'GitRepository' && !apiVersion.endsWith('/v1'));
    return fieldPlaces({ ...tree, objects: tree.objects.filter((object) => !isLate(object)) }, enums);
  },
};
export const schemaType: Mutator = { code: 'schema-type', places: (tree) => fieldPlaces(tree, types) };
export const schemaPattern: Mutator = {
  code: 'schema-pattern',
  places: (tree) => {
    // The first versions had no patterns.
    const objects = tree.objects.filter(({ apiVersion }) => !apiVersion.endsWith('v1beta1'));
    return fieldPlaces({ ...tree, objects }, patterns);
  },
};

const required: Readonly<Record<string, readonly string[]>> = {
  Kustomization: ['spec.interval', 'spec.prune', 'spec.sourceRef', 'spec.sourceRef.kind', 'spec.sourceRef.name'],
  HelmRelease: ['spec.interval', 'spec.chartRef.name', 'spec.chart.spec.chart', 'spec.chart.spec.sourceRef.name'],
  OCIRepository: ['spec.interval', 'spec.url'],
  HelmRepository: ['spec.url'],
  GitRepository: ['spec.interval', 'spec.url'],
  Alert: ['spec.eventSources', 'spec.providerRef'],
  Provider: ['spec.type'],
  Receiver: ['spec.type', 'spec.resources'],
  PodDisruptionBudget: [],
  RoleBinding: ['roleRef', 'roleRef.name'],
  ClusterRoleBinding: ['roleRef', 'roleRef.name'],
  StorageClass: ['provisioner'],
  Deployment: ['spec.selector', 'spec.template'],
  CronJob: ['spec.schedule', 'spec.jobTemplate'],
  Job: ['spec.template'],
};

export const schemaMissingRequired: Mutator = {
  code: 'schema-missing-required',
  // The newest release says what some kinds need in expressions, which are not evaluated yet.
  flux: '2.9',
  places: (tree) =>
    tree.objects.flatMap((object) =>
      (required[object.kind] ?? []).flatMap((dotted): Place[] => {
        const path = dotted.split('.');
        const entry = object.entry(...path);
        const parent = path.length === 1 ? undefined : object.entry(...path.slice(0, -1));
        if (entry === undefined || isSettledAbove(tree, object, path)) return [];
        const siblings = object.entries.filter(
          (other) =>
            other.path.length === path.length && other.path.slice(0, -1).join('.') === path.slice(0, -1).join('.'),
        );
        const edit = siblings.length > 1 ? removeEntry(tree, object, entry) : undefined;
        const mark = parent === undefined ? nameMark(object) : keyMark(object, parent);
        if (edit === undefined || mark === undefined) return [];
        const at = `${object.file} ${object.kind} ${object.name} loses ${dotted}`;
        return [{ at, plant: () => ({ edits: [edit], marks: [mark] }) }];
      }),
    ),
};

/** What is wrong with an object as a whole shows at its name. */
function nameMark(object: AppliedObject) {
  const name = object.entry('metadata', 'name');
  return name && valueMark(object, name);
}

export const k8sMissingIdentity: Mutator = {
  code: 'k8s-missing-identity',
  places: (tree) =>
    tree.objects.flatMap((object) =>
      [['apiVersion'], ['kind'], ['metadata', 'name']].flatMap((path): Place[] => {
        const entry = object.entry(...path);
        const edit = entry && removeEntry(tree, object, entry);
        const metadata = object.entry('metadata');
        const others = object.entries.filter(({ path: other }) => other.length === 2 && other[0] === 'metadata');
        const isName = path.length === 2;
        const mark = isName ? metadata && keyMark(object, metadata) : nameMark(object);
        if (edit === undefined || mark === undefined || (isName && others.length < 2)) return [];
        // Its first line would be that of the document, where a marker or comment may stand.
        const at = `${object.file} ${object.kind} ${object.name} loses ${path.join('.')}`;
        return [{ at, plant: () => ({ edits: [edit], marks: [mark] }) }];
      }),
    ),
};

const names: readonly Wrong[] = [
  ['*', 'metadata.name', 'name: «My_App»'],
  ['*', 'metadata.name', 'name: «app.»'],
  ['*', 'metadata.labels', 'labels:', '  app: «-front end»'],
  ['*', 'metadata.labels', 'labels:', '  «my app»: front'],
];

export const schemaNameInvalid: Mutator = {
  code: 'schema-name-invalid',
  places: (tree) =>
    tree.objects
      // The names of roles are free, and that of a Namespace is set by the namespace field of kustomizations.
      .filter(({ kind }) => !['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding', 'Namespace'].includes(kind))
      .flatMap((object) => {
        const wrong = names.map(([, ...rest]): Wrong => [object.kind, ...rest]);
        return fieldPlaces({ ...tree, objects: [object] }, wrong);
      }),
};

export const schemaStatusInGit: Mutator = {
  code: 'schema-status-in-git',
  places: (tree) =>
    tree.objects.flatMap((object): Place[] => {
      if (object.kind === 'CustomResourceDefinition' || object.entry('status') !== undefined) return [];
      const added: readonly (readonly [Path, readonly string[]])[] = [
        [[], ['«status»:', '  observedGeneration: 3']],
        [['metadata'], ['«resourceVersion»: "48213"']],
        [['metadata'], ['«uid»: 6f0c7a52-3a55-4b53-8a4e-6f2d3c1b7a11']],
        [['metadata'], ['«creationTimestamp»: "2026-01-05T08:00:00Z"']],
      ];
      return [
        {
          at: `${object.file} ${object.kind} ${object.name} carries what the cluster writes`,
          plant: (random) => {
            const [path, lines] = pick(added, random) ?? [[], []];
            return asPlanted(insertInto(tree, object, path, lines));
          },
        },
      ];
    }),
};

const asPlanted = (edit: Edit | undefined): Planted | undefined =>
  edit?.mark === undefined ? undefined : { edits: [edit] };

/** Fields below which any key may stand. */
const open =
  /^(metadata|data|stringData|status|binaryData)(\.|$)|\.(values|labels|annotations|substitute|matchLabels|defaultValues|selector|nodeSelector|requests|limits|parameters)(\.|$)|^parameters/;

const closedKinds = new Set([
  'kustomize.toolkit.fluxcd.io',
  'helm.toolkit.fluxcd.io',
  'source.toolkit.fluxcd.io',
  'notification.toolkit.fluxcd.io',
  'source.extensions.fluxcd.io',
  '',
  'apps',
  'batch',
  'policy',
  'storage.k8s.io',
  'rbac.authorization.k8s.io',
]);

/** The key with one letter doubled, left out or swapped with its neighbor. */
function misspell(key: string, at: number, how: number): string {
  if (how < 0.34) return key.slice(0, at) + key.slice(at, at + 1) + key.slice(at);
  if (how < 0.67 && key.length > 3) return key.slice(0, at) + key.slice(at + 1);
  return key.slice(0, at) + key.slice(at + 1, at + 2) + key.slice(at, at + 1) + key.slice(at + 2);
}

export const schemaUnknownField: Mutator = {
  code: 'schema-unknown-field',
  places: (tree) =>
    tree.objects
      .filter(({ group }) => closedKinds.has(group))
      .flatMap((object) =>
        object.entries
          .filter(({ path }) => !open.test(path.filter((step) => typeof step === 'string').join('.')))
          .filter(({ path, key }) => !['apiVersion', 'kind'].includes(path.join('.')) && !key.includes('$'))
          .filter(({ path }) => !isSettledAbove(tree, object, path))
          .map((entry) => ({
            at: `${object.file} ${object.kind} ${object.name} misspells ${entry.path.join('.')}`,
            plant: (random) => {
              const at = 1 + Math.floor(random() * (entry.key.length - 2));
              const text = misspell(entry.key, at, random());
              if (text === entry.key) return undefined;
              const { file } = object;
              return { edits: [{ file, start: entry.keyStart, end: entry.keyEnd, text, mark: [0, text.length] }] };
            },
          })),
      ),
};

const builtIn = new Set([
  '',
  'apps',
  'batch',
  'policy',
  'storage.k8s.io',
  'rbac.authorization.k8s.io',
  'networking.k8s.io',
]);

export const schemaUnknownKind: Mutator = {
  code: 'schema-unknown-kind',
  places: (tree) =>
    tree.objects
      .filter(({ group }) => builtIn.has(group))
      .flatMap((object) => {
        const kind = object.entry('kind');
        return kind?.value === undefined
          ? []
          : [
              {
                at: `${object.file} misspells the kind of ${object.kind} ${object.name}`,
                plant: (random) => {
                  const at = 1 + Math.floor(random() * (object.kind.length - 2));
                  const text = misspell(object.kind, at, random());
                  return text === object.kind ? undefined : asPlanted(replaceValue(object, kind, text));
                },
              },
            ];
      }),
};
