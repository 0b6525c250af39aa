// @ts-check
// Clusters with documents and files as large as the event loop has to bear.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @param {string} folder
 * @returns {{ documents: { name: string, root: string, file: string, pick: string }[], folders: { name: string, root: string }[] }}
 * `pick` is a line of the document's middle
 */
export function writeLargeFiles(folder) {
  const cluster = (/** @type {string} */ name, /** @type {string} */ file, /** @type {string[]} */ texts) => {
    const root = join(folder, `large-${name}`);
    rmSync(root, { recursive: true, force: true });
    mkdirSync(join(root, '.git'), { recursive: true });
    write(root, 'clusters/alpha/flux-system/gotk-sync.yaml', syncFile);
    write(root, 'parts/settings.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n');
    for (const [index, text] of texts.entries()) write(root, `clusters/alpha/${file}-${index}.yaml`, text);
    return root;
  };
  // A longer document is left alone (docs/decisions/0009).
  const [document, longest, file] = [256 * 1024, 768 * 1024, 1_000_000];
  return {
    documents: [
      {
        name: 'many documents',
        root: cluster('many', 'ks', [kustomizations(document)]),
        file: 'clusters/alpha/ks-0.yaml',
        pick: '  name: part-500\n',
      },
      {
        name: 'one document',
        root: cluster('one', 'release', [release(document)]),
        file: 'clusters/alpha/release-0.yaml',
        pick: '    key-900:',
      },
    ],
    folders: [
      {
        name: 'files of one document of 768 KiB',
        root: cluster('settings', 'settings', [settings(longest, 0), settings(longest, 1)]),
      },
      {
        name: 'files of 1 MB, many documents each',
        root: cluster('objects', 'objects', [objects(file, 0), objects(file, 1)]),
      },
    ],
  };
}

/** @type {(root: string, path: string, text: string) => void} */
function write(root, path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Parts one after the other until the next would not fit. @type {(bytes: number, part: (index: number) => string, start?: string) => string} */
function upTo(bytes, part, start = '') {
  const parts = [start];
  let length = start.length;
  for (let index = 0; ; index++) {
    const next = part(index);
    length += next.length;
    if (length > bytes) return parts.join('');
    parts.push(next);
  }
}

/** @type {(bytes: number) => string} */
const kustomizations = (bytes) =>
  upTo(
    bytes,
    (index) => `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: part-${index}
  namespace: flux-system
spec:
  interval: 1h
  path: ./parts
  prune: true
  suspend: true
  targetNamespace: part-${index}
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
  );

/** @type {(bytes: number) => string} */
const release = (bytes) =>
  upTo(
    bytes,
    (index) => `    key-${index}:
      enabled: true
      image: registry.example.org/part:${index}
      list:
        - name: first
          value: "${index}"
`,
    `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: large
  namespace: flux-system
spec:
  interval: 1h
  chartRef:
    kind: OCIRepository
    name: large
  values:
`,
  );

/** @type {(bytes: number, number: number) => string} */
const settings = (bytes, number) =>
  upTo(
    bytes,
    (index) => `  key-${index}: value ${index} of a long settings file\n`,
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: large-${number}\n  namespace: flux-system\ndata:\n`,
  );

/** @type {(bytes: number, number: number) => string} */
const objects = (bytes, number) =>
  upTo(
    bytes,
    (index) => `---
apiVersion: v1
kind: ConfigMap
metadata:
  name: part-${number}-${index}
  namespace: flux-system
data:
  key: value
`,
  );

const syncFile = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m
  url: ssh://git@example.org/platform/fleet
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m
  path: ./clusters/alpha
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`;
