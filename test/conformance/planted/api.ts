import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { unmarked } from './edit';
import { type Mutator, pick, type Place } from './mutator';
import { insertInto, isSettledAbove, replaceValue, setField } from './places';
import { type AppliedObject, type PlantedTree } from './tree';

const crdFolder = '../shared/crds/flux';

interface Version {
  readonly name: string;
  readonly served: boolean;
  readonly deprecated?: boolean;
  readonly schema?: {
    readonly openAPIV3Schema?: {
      readonly properties?: {
        readonly spec?: { readonly properties?: Readonly<Record<string, { readonly type?: string }>> };
      };
    };
  };
}

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly Version[];
  };
}

const releases = new Map<string, ReadonlyMap<string, readonly Version[]>>();

/** Versions of each kind (`group/Kind`) in the definitions that a release of Flux installs. */
function definitionsOf(release: string): ReadonlyMap<string, readonly Version[]> {
  let found = releases.get(release);
  if (found === undefined) {
    const folder = `${crdFolder}/${release}`;
    const definitions = (existsSync(folder) ? readdirSync(folder) : []).flatMap((file) =>
      parseAllDocuments(readFileSync(`${folder}/${file}`, 'utf8')).map(
        (document) => document.toJS() as Definition | null,
      ),
    );
    found = new Map(
      definitions.flatMap((definition) =>
        definition === null
          ? []
          : [[`${definition.spec.group}/${definition.spec.names.kind}`, definition.spec.versions]],
      ),
    );
    releases.set(release, found);
  }
  return found;
}

const versionsOf = (release: string, { group, kind }: AppliedObject): readonly Version[] =>
  definitionsOf(release).get(`${group}/${kind}`) ?? [];

/** Objects with an API version, and the versions of their kind that they may wrongly be given. */
function versionPlaces(tree: PlantedTree, choose: (object: AppliedObject) => readonly string[]): Place[] {
  return tree.objects.flatMap((object): Place[] => {
    const entry = object.entry('apiVersion');
    const versions = choose(object).filter((version) => object.apiVersion !== `${object.group}/${version}`);
    if (entry?.value === undefined || versions.length === 0) return [];
    return [
      {
        at: `${object.file} ${object.kind} ${object.name} gets one of ${versions.join(', ')}`,
        plant: (random) => {
          const edit = replaceValue(object, entry, `${object.group}/${pick(versions, random) ?? ''}`);
          return edit && { edits: [edit] };
        },
      },
    ];
  });
}

const newest = '2.10';

export const fluxApiRemoved: Mutator = {
  code: 'flux-api-removed',
  flux: newest,
  places: (tree) =>
    versionPlaces(tree, (object) => {
      const served = versionsOf(newest, object)
        .filter((version) => version.served)
        .map(({ name }) => name);
      const once = ['2.0', '2.2', '2.5'].flatMap((release) => versionsOf(release, object).map(({ name }) => name));
      return [...new Set(once)].filter((name) => !served.includes(name));
    }),
};

// A release in which most kinds have an old version beside the new one.
const transition = '2.5';

export const fluxApiDeprecated: Mutator = {
  code: 'flux-api-deprecated',
  flux: transition,
  places: (tree) =>
    versionPlaces(tree, (object) =>
      versionsOf(transition, object)
        .filter(({ served, deprecated }) => served && deprecated === true)
        .map(({ name }) => name),
    ),
};

// Old enough to lack fields that simple texts can give, new enough to serve today's versions.
const old = '2.3';

export const fluxApiTooNew: Mutator = {
  code: 'flux-api-too-new',
  flux: old,
  places: (tree) =>
    tree.objects.flatMap((object): Place[] => {
      const version = object.apiVersion.slice(object.group.length + 1);
      const fields = (release: string) =>
        versionsOf(release, object).find(({ name, served }) => name === version && served)?.schema?.openAPIV3Schema
          ?.properties?.spec?.properties;
      const before = fields(old);
      const now = fields(newest);
      if (before === undefined || now === undefined) return [];
      const texts: Readonly<Record<string, string>> = { boolean: 'true', string: '5m', integer: '1' };
      return Object.entries(now).flatMap(([name, { type = '' }]): Place[] => {
        const text = texts[type];
        if (before[name] !== undefined || text === undefined) return [];
        if (object.entry('spec', name) !== undefined || isSettledAbove(tree, object, ['spec', name])) return [];
        const edit = insertInto(tree, object, ['spec'], [`«${name}»: ${text}`]);
        if (edit === undefined) return [];
        return [{ at: `${object.file} ${object.kind} ${object.name} uses ${name}`, plant: () => ({ edits: [edit] }) }];
      });
    }),
};

/** What is written instead, in the field that is wrong then. */
const slips: readonly ((object: AppliedObject) => readonly [field: string, text: string] | undefined)[] = [
  ({ group, apiVersion }) => ['apiVersion', apiVersion.replace(group, group.replace('toolkit', 'toolkits'))],
  ({ group, apiVersion }) => ['apiVersion', apiVersion.replace(group, group.replace('fluxcd', 'fluxdc'))],
  ({ group }) => ['apiVersion', `${group}/v7`],
  ({ kind }) => ['apiVersion', `${kind === 'HelmRelease' ? 'kustomize' : 'helm'}.toolkit.fluxcd.io/v2`],
  ({ kind }) => ['kind', `${kind}s`],
  ({ kind }) => ['kind', kind.toLowerCase()],
];

export const fluxApiTypo: Mutator = {
  code: 'flux-api-typo',
  places: (tree) =>
    tree.objects
      .filter(({ group }) => group.endsWith('toolkit.fluxcd.io'))
      .map((object) => ({
        at: `${object.file} ${object.kind} ${object.name} is of a kind that is none`,
        plant: (random) => {
          const [field = '', text = ''] = pick(slips, random)?.(object) ?? [];
          const entry = object.entry(field);
          const edit = entry && replaceValue(object, entry, text);
          return edit && { edits: [edit] };
        },
      })),
};

/** Versions that Kubernetes dropped (its deprecation guide), by today's version and kind. */
const dropped: Readonly<Record<string, readonly string[]>> = {
  'apps/v1/Deployment': ['apps/v1beta1', 'apps/v1beta2', 'extensions/v1beta1'],
  'batch/v1/CronJob': ['batch/v1beta1'],
  'networking.k8s.io/v1/Ingress': ['networking.k8s.io/v1beta1', 'extensions/v1beta1'],
  'policy/v1/PodDisruptionBudget': ['policy/v1beta1'],
  'rbac.authorization.k8s.io/v1/RoleBinding': ['rbac.authorization.k8s.io/v1beta1'],
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': ['rbac.authorization.k8s.io/v1beta1'],
  'scheduling.k8s.io/v1/PriorityClass': ['scheduling.k8s.io/v1beta1'],
  'storage.k8s.io/v1/StorageClass': ['storage.k8s.io/v1beta1'],
};

export const k8sApiRemoved: Mutator = {
  code: 'k8s-api-removed',
  places: (tree) =>
    tree.objects.flatMap((object): Place[] => {
      const entry = object.entry('apiVersion');
      const versions = dropped[`${object.apiVersion}/${object.kind}`] ?? [];
      return versions.flatMap((version): Place[] => {
        const edit = entry && replaceValue(object, entry, version);
        return edit === undefined
          ? []
          : [{ at: `${object.file} ${object.kind} ${object.name} gets ${version}`, plant: () => ({ edits: [edit] }) }];
      });
    }),
};

export const k8sApiDeprecated: Mutator = {
  code: 'k8s-api-deprecated',
  places: (tree) =>
    tree.objects
      .filter(({ apiVersion }) => apiVersion === 'v1')
      .flatMap((object): Place[] => {
        const kind = setField(tree, object, ['kind'], ['kind: Endpoints']);
        const version = object.entry('apiVersion')?.value;
        if (kind === undefined || version === undefined) return [];
        const edit = unmarked(kind);
        const marks = [{ file: object.file, start: version.start, end: version.end }];
        return [
          {
            at: `${object.file} ${object.kind} ${object.name} becomes Endpoints`,
            plant: () => ({ edits: [edit], marks }),
          },
        ];
      }),
};
