// @ts-check
// Synthetic GitOps repositories: four clusters, bases with overlays three deep, HelmReleases, dependsOn chains, encrypted
// secrets. They hold no mistake, and kustomize can build every kustomization in them.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Grows with every change of what is written, so that a cached tree is never an old one. */
const form = 5;

const clusters = [
  { name: 'alpha', environment: 'production' },
  { name: 'bravo', environment: 'production' },
  { name: 'canary', environment: 'staging' },
  { name: 'delta', environment: 'staging' },
];
const appsPerTeam = 12;

/**
 * Writes a repository of about `size` YAML files below `folder`, or leaves the one that is there.
 * @param {string} folder
 * @param {number} size
 * @returns {string} absolute path of the repository
 */
export function generateRepository(folder, size) {
  const root = join(folder, `synthetic-${size}`);
  const mark = `.git/fluxwright-bench-${form}`;
  if (existsSync(join(root, mark))) return root;
  rmSync(root, { recursive: true, force: true });
  writeGitFolder(root);
  let count = writeCommon(root);
  for (let team = 0; count < size; team++) {
    const apps = [];
    while (apps.length < appsPerTeam && count < size) {
      const app = appOf(team, apps.length);
      count += writeApp(root, app);
      apps.push(app);
    }
    for (const cluster of clusters) {
      write(root, `clusters/${cluster.name}/teams/${teamName(team)}.yaml`, teamFile(cluster, apps));
      count++;
    }
  }
  // Last, so that a tree that was left half-way is written again.
  write(root, mark, '');
  return root;
}

/** What git needs to call a folder its own: no history, but a root and a remote. @param {string} root */
export function writeGitFolder(root) {
  write(root, '.git/HEAD', 'ref: refs/heads/main\n');
  write(root, '.git/config', gitConfig);
  for (const folder of ['objects', 'refs/heads']) mkdirSync(join(root, '.git', folder), { recursive: true });
}

const gitConfig = `[core]
\trepositoryformatversion = 0
\tbare = false
[remote "origin"]
\turl = ssh://git@example.org/platform/fleet
\tfetch = +refs/heads/*:refs/remotes/origin/*
`;

/** @type {(root: string, path: string, text: string) => void} */
function write(root, path, text) {
  const place = join(root, path);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, text);
}

/** @type {(team: number) => string} */
const teamName = (team) => `team-${String(team).padStart(3, '0')}`;

/**
 * Seven apps of ten are Helm charts, every fourth has a secret.
 * @type {(team: number, index: number) => App}
 * @typedef {{ team: string, name: string, number: number, isChart: boolean, hasSecret: boolean, before: string | undefined }} App
 */
function appOf(team, index) {
  const number = team * appsPerTeam + index;
  const name = `app-${String(number).padStart(4, '0')}`;
  const before = index === 0 ? undefined : `app-${String(number - 1).padStart(4, '0')}`;
  return { team: teamName(team), name, number, isChart: number % 10 < 7, hasSecret: number % 4 === 1, before };
}

/** @type {(root: string) => number} */
function writeCommon(root) {
  /** @type {[string, string][]} */
  const files = [
    [
      '.sops.yaml',
      "creation_rules:\n  - path_regex: .*\\.sops\\.yaml$\n    encrypted_regex: '^(data|stringData)$'\n    age: age1kta6fr8yw070lpdgw524du7xqjcjskh95xgs0gdft2gcpuyt4f7qvq2u5h\n",
    ],
    ['infrastructure/sources/kustomization.yaml', kustomization(['charts.yaml'])],
    ['infrastructure/sources/charts.yaml', chartSource],
  ];
  for (const { name } of clusters) {
    files.push([`clusters/${name}/flux-system/kustomization.yaml`, kustomization(['gotk-sync.yaml'])]);
    files.push([`clusters/${name}/flux-system/gotk-sync.yaml`, syncFile(name)]);
    files.push([
      `clusters/${name}/infrastructure.yaml`,
      fluxKustomization({ name: 'sources', path: './infrastructure/sources' }),
    ]);
  }
  for (const [path, text] of files) write(root, path, text);
  return files.length;
}

const chartSource = `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: flux-system
spec:
  interval: 12h
  url: https://charts.example.org/stable
`;

/** @type {(cluster: string) => string} */
const syncFile = (cluster) => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m0s
  ref:
    branch: main
  secretRef:
    name: flux-system
  url: ssh://git@example.org/platform/fleet
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m0s
  path: ./clusters/${cluster}
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`;

/** @type {(resources: string[], more?: string) => string} */
const kustomization = (resources, more = '') => `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
${resources.map((resource) => `  - ${resource}\n`).join('')}${more}`;

/** @type {(options: { name: string, path: string, dependsOn?: string[], isDecrypted?: boolean }) => string} */
const fluxKustomization = ({
  name,
  path,
  dependsOn = [],
  isDecrypted = false,
}) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 1h
  retryInterval: 2m
  timeout: 5m
  path: ${path}
  prune: true
  wait: true
  sourceRef:
    kind: GitRepository
    name: flux-system
${dependsOn.length === 0 ? '' : `  dependsOn:\n${dependsOn.map((other) => `    - name: ${other}\n`).join('')}`}${isDecrypted ? '  decryption:\n    provider: sops\n    secretRef:\n      name: sops-age\n' : ''}`;

/** @type {(cluster: { name: string }, apps: App[]) => string} */
const teamFile = (cluster, apps) =>
  apps
    .map(({ name, team, before, hasSecret }) =>
      fluxKustomization({
        name,
        path: `./apps/${team}/${name}/clusters/${cluster.name}`,
        dependsOn: ['sources', ...(before === undefined ? [] : [before])],
        isDecrypted: hasSecret,
      }),
    )
    .join('---\n');

/** @type {(root: string, app: App) => number} */
function writeApp(root, app) {
  const { name, team, isChart, hasSecret } = app;
  const folder = `apps/${team}/${name}`;
  const parts = [
    'namespace.yaml',
    ...(isChart ? ['release.yaml'] : ['deployment.yaml', 'service.yaml']),
    ...(hasSecret ? ['secret.sops.yaml'] : []),
  ];
  /** @type {[string, string][]} */
  const files = [
    ['base/kustomization.yaml', kustomization(parts, `namespace: ${name}\n`)],
    ['base/namespace.yaml', `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`],
    ...(isChart
      ? /** @type {[string, string][]} */ ([['base/release.yaml', releaseFile(app)]])
      : /** @type {[string, string][]} */ ([
          ['base/deployment.yaml', deploymentFile(app)],
          ['base/service.yaml', serviceFile(app)],
        ])),
    ...(hasSecret ? /** @type {[string, string][]} */ ([['base/secret.sops.yaml', secretFile(app)]]) : []),
    ...overlay('fleet', '../base', app, 'fleet', 2),
    ...['production', 'staging'].flatMap((environment) =>
      overlay(`environments/${environment}`, '../../fleet', app, environment, environment === 'staging' ? 1 : 3),
    ),
    ...clusters.flatMap((cluster, index) =>
      overlay(`clusters/${cluster.name}`, `../../environments/${cluster.environment}`, app, cluster.name, index + 2),
    ),
  ];
  for (const [path, text] of files) write(root, `${folder}/${path}`, text);
  return files.length;
}

/** @type {(folder: string, under: string, app: App, label: string, replicas: number) => [string, string][]} */
const overlay = (folder, under, app, label, replicas) => [
  [`${folder}/kustomization.yaml`, kustomization([under], 'patches:\n  - path: patch.yaml\n')],
  [`${folder}/patch.yaml`, app.isChart ? releasePatch(app, label, replicas) : deploymentPatch(app, label, replicas)],
];

/** @type {(app: App) => string} */
const releaseFile = ({ name, number }) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
spec:
  interval: 1h
  chart:
    spec:
      chart: ${name}
      version: ${1 + (number % 5)}.${number % 17}.x
      sourceRef:
        kind: HelmRepository
        name: charts
        namespace: flux-system
  install:
    remediation:
      retries: 3
  values:
    replicaCount: 1
    image:
      repository: registry.example.org/${name}
      tag: v1.${number % 30}.0
    resources:
      requests:
        cpu: ${10 + (number % 90)}m
        memory: 64Mi
`;

/** @type {(app: App, label: string, replicas: number) => string} */
const releasePatch = ({ name }, label, replicas) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
  annotations:
    example.org/${label}: enabled
spec:
  values:
    replicaCount: ${replicas}
`;

/** @type {(app: App) => string} */
const deploymentFile = ({ name, number }) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app.kubernetes.io/name: ${name}
spec:
  replicas: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      containers:
        - name: ${name}
          image: registry.example.org/${name}:v1.${number % 30}.0
          ports:
            - containerPort: 8080
              name: http
          resources:
            requests:
              cpu: 10m
              memory: 64Mi
`;

/** @type {(app: App, label: string, replicas: number) => string} */
const deploymentPatch = ({ name }, label, replicas) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  annotations:
    example.org/${label}: enabled
spec:
  replicas: ${replicas}
`;

/** @type {(app: App) => string} */
const serviceFile = ({ name }) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
`;

/** A secret in the form that sops gives it; nobody can decrypt it. @type {(app: App) => string} */
const secretFile = ({ name, number }) => {
  const bytes = (/** @type {number} */ length) => Buffer.alloc(length, number + length).toString('base64');
  return `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
type: Opaque
stringData:
  token: ENC[AES256_GCM,data:${bytes(18)},iv:${bytes(32)},tag:${bytes(16)},type:str]
sops:
  age:
    - recipient: age1kta6fr8yw070lpdgw524du7xqjcjskh95xgs0gdft2gcpuyt4f7qvq2u5h
      enc: |
        -----BEGIN AGE ENCRYPTED FILE-----
        ${bytes(48)}
        -----END AGE ENCRYPTED FILE-----
  lastmodified: "2026-01-15T10:00:00Z"
  mac: ENC[AES256_GCM,data:${bytes(64)},iv:${bytes(32)},tag:${bytes(16)},type:str]
  encrypted_regex: ^(data|stringData)$
  version: 3.13.0
`;
};
