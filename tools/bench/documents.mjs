// @ts-check
// The documents that are edited, and where they lie in a repository: applied by a cluster, with targets that exist.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateRepository, writeGitFolder } from './generate.mjs';

const form = 5;

/**
 * @typedef {{ path: string, text: string, local: Place, graph?: Place, hover: Position, completion: number, comment: number }} Sample
 * local: a value whose type can be wrong; graph: a name of another object that can close a cycle, which only rendering can
 * tell, and which no hole in a real repository makes uncertain; completion: line that takes the start of a
 * field name; comment: line of a comment.
 * @typedef {{ line: number, indent: string, key: string, right: string, wrong?: string, code?: string }} Place
 * @typedef {import('./language-server.mjs').Position} Position
 * @typedef {{ root: string, name: string, samples: Record<'ks100' | 'ks3000' | 'release3000', Sample> }} EditedTree
 */

/**
 * A synthetic tree with the edited documents in it.
 * @param {string} folder
 * @param {number} size
 * @returns {EditedTree}
 */
export function editedSynthetic(folder, size) {
  const root = join(folder, `edited-${size}`);
  const samples = samplesIn('clusters/alpha/bench');
  if (isWritten(root)) return { root, name: `synthetic, ${size} files`, samples };
  rmSync(root, { recursive: true, force: true });
  cpSync(generateRepository(folder, size), root, { recursive: true });
  writeDocuments(root, 'clusters/alpha/bench', samples);
  return { root, name: `synthetic, ${size} files`, samples };
}

/**
 * A real home-ops repository with the edited documents in it; undefined where the data folder is not there. Comments
 * that send the peer to the web for a schema are taken out.
 * @param {string} folder
 * @param {string} real
 * @returns {EditedTree | undefined}
 */
export function editedReal(folder, real) {
  if (!existsSync(join(real, 'kubernetes', 'apps'))) return undefined;
  const root = join(folder, 'edited-real');
  const samples = samplesIn('kubernetes/apps/bench');
  const name = 'onedr0p/home-ops';
  if (isWritten(root)) return { root, name, samples };
  rmSync(root, { recursive: true, force: true });
  cpSync(real, root, { recursive: true, filter: (path) => !path.endsWith('.git') });
  for (const file of readdirSync(root, { recursive: true }).map(String)) {
    if (!/\.ya?ml$/.test(file)) continue;
    const place = join(root, file);
    writeFileSync(place, readFileSync(place, 'utf8').replace(/^# yaml-language-server:.*\n/gm, ''));
  }
  writeGitFolder(root);
  writeDocuments(root, 'kubernetes/apps/bench', samples);
  return { root, name, samples };
}

const mark = join('.git', `fluxwright-bench-edited-${form}`);
/** @type {(root: string) => boolean} */
const isWritten = (root) => existsSync(join(root, mark));

/** @type {(root: string, folder: string, samples: EditedTree['samples']) => void} */
function writeDocuments(root, folder, samples) {
  const write = (/** @type {string} */ path, /** @type {string} */ text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const { path, text } of Object.values(samples)) write(path, text);
  write(`${folder}/charts.yaml`, chartSource);
  write(
    `${folder}/kustomization.yaml`,
    listing(['charts.yaml', ...Object.values(samples).map(({ path }) => path.slice(folder.length + 1))]),
  );
  for (const [group, count] of /** @type {const} */ ([
    ['few', 5],
    ['many', 150],
  ])) {
    for (let part = 0; part < count; part++) {
      write(`bench/${partName(group, part)}/kustomization.yaml`, listing(['settings.yaml']));
      write(`bench/${partName(group, part)}/settings.yaml`, settingsFile(partName(group, part)));
    }
  }
  write(mark, '');
}

/** @type {(resources: string[]) => string} */
const listing = (resources) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${resources.map((resource) => `  - ${resource}\n`).join('')}`;

const chartSource = `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: bench-charts
  namespace: flux-system
spec:
  interval: 12h
  url: https://charts.example.org/stable
`;

/** @type {(name: string) => string} */
const settingsFile = (name) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: default\ndata:\n  part: ${name}\n`;

/** @type {(group: string, part: number) => string} */
const partName = (group, part) => `${group}-${String(part).padStart(3, '0')}`;

/** @type {(folder: string) => EditedTree['samples']} */
const samplesIn = (folder) => ({
  ks100: kustomizations(`${folder}/ks-100.yaml`, 'few', 5),
  ks3000: kustomizations(`${folder}/ks-3000.yaml`, 'many', 150),
  release3000: release(`${folder}/release-3000.yaml`),
});

/** @type {(path: string, group: string, count: number) => Sample} */
function kustomizations(path, group, count) {
  const parts = [];
  for (let part = 0; part < count; part++)
    parts.push(fluxKustomization(partName(group, part), partName(group, Math.max(0, part - 1)), part === 0));
  const text = parts.join('---\n');
  const lines = text.split('\n');
  const middle = partName(group, Math.floor(count / 2));
  const start = lines.indexOf(`  name: ${middle}`);
  const after = (/** @type {string} */ line) => lines.indexOf(line, start);
  return {
    path,
    text,
    local: { line: after('  prune: true'), indent: '  ', key: 'prune', right: 'true' },
    graph: {
      line: after(`    - name: ${partName(group, Math.floor(count / 2) - 1)}`),
      indent: '    - ',
      key: 'name',
      right: partName(group, Math.floor(count / 2) - 1),
      wrong: partName(group, Math.floor(count / 2) + 2),
      code: 'graph-cycle',
    },
    hover: { line: after('  prune: true'), character: 4 },
    completion: after('  wait: true'),
    comment: after('  # Applied in order.'),
  };
}

/** Nineteen lines, and the separator. @type {(name: string, before: string, isFirst: boolean) => string} */
const fluxKustomization = (name, before, isFirst) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 1h
  retryInterval: 2m
  timeout: 5m
  path: ./bench/${name}
  prune: true
  # Applied in order.
${isFirst ? '  force: false\n  targetNamespace: default\n' : `  dependsOn:\n    - name: ${before}\n`}  wait: true
  sourceRef:
    kind: GitRepository
    name: flux-system
    namespace: flux-system
`;

/** One HelmRelease: values, in the middle what is edited, then patches. @type {(path: string) => Sample} */
function release(path) {
  const head = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: large
  namespace: flux-system
spec:
  interval: 1h
  chart:
    spec:
      chart: large
      version: 1.x
      sourceRef:
        kind: HelmRepository
        name: bench-charts
        namespace: flux-system
  values:
`
    .split('\n')
    .slice(0, -1);
  const lines = [...head];
  for (let index = 0; lines.length < 1490; index++) lines.push(...valuesOf(index));
  lines.push(
    '  install:',
    '    # Tried again.',
    '    remediation:',
    '      retries: 3',
    '  suspend: false',
    '  postRenderers:',
    '    - kustomize:',
    '        patches:',
  );
  const middle = lines.length;
  for (let index = 0; lines.length < 2988; index++) lines.push(...patchOf(index));
  const local = lines.indexOf('      retries: 3');
  return {
    path,
    text: `${lines.join('\n')}\n`,
    local: { line: local, indent: '      ', key: 'retries', right: '3' },
    hover: { line: local, character: 8 },
    completion: middle - 4,
    comment: local - 2,
  };
}

/** @type {(index: number) => string[]} */
const valuesOf = (index) => [
  `    controller-${index}:`,
  '      enabled: true',
  `      replicas: ${1 + (index % 3)}`,
  '      image:',
  `        repository: registry.example.org/part-${index}`,
  `        tag: v1.${index % 40}.0`,
  '      env:',
  `        - name: LISTEN_PORT`,
  `          value: "${8000 + index}"`,
  '        - name: LOG_LEVEL',
  '          value: info',
  '      resources:',
  `        requests: { cpu: ${10 + index}m, memory: 64Mi }`,
  '        limits:',
  '          memory: 256Mi',
];

/** @type {(index: number) => string[]} */
const patchOf = (index) => [
  '          - target:',
  '              kind: Deployment',
  `              name: part-${index}`,
  '            patch: |',
  '              apiVersion: apps/v1',
  '              kind: Deployment',
  '              metadata:',
  `                name: part-${index}`,
  '              spec:',
  `                replicas: ${1 + (index % 3)}`,
];
