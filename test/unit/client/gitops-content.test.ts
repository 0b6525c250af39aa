import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGitOpsDocument, isGitOpsFolder, type FolderEntry } from '../../../client/gitops-content';

const documents: readonly [what: string, name: string, text: string, expected: boolean][] = [
  ['a Flux object', 'apps.yaml', 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n', true],
  ['a Flux object after comments', 'a.yaml', '# apps\n---\n"a": 1\napiVersion: "source.toolkit.fluxcd.io/v1"\n', true],
  ['an artifact generator', 'a.yaml', 'apiVersion: source.extensions.fluxcd.io/v1beta1\n', true],
  ['a FluxInstance', 'flux.yaml', 'apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\n', true],
  ['an item of a list', 'a.yaml', 'items:\n  - apiVersion: helm.toolkit.fluxcd.io/v2\n', true],
  ['a component', 'a.yaml', 'apiVersion: kustomize.config.k8s.io/v1alpha1\n', true],
  ['a kustomization file by name', 'kustomization.yaml', '', true],
  ['a kustomization file without ending', 'Kustomization', '', true],
  ['encrypted values', 'secret.yaml', 'stringData:\n  a: ENC[AES256_GCM,data:x]\n', true],
  ['a sops stanza with CRLF', 'values.yaml', 'a: b\r\nsops:\r\n  mac: x\r\n', true],
  ['a plain Deployment', 'app.yaml', 'apiVersion: apps/v1\nkind: Deployment\n', false],
  ['a workflow', 'ci.yaml', 'on: push\njobs:\n  sops:\n    runs-on: x\n', false],
  ['a mention in a value', 'a.yaml', 'description: apiVersion is kustomize.toolkit.fluxcd.io/v1\n', false],
  ['an empty file', 'a.yaml', '', false],
];

for (const [what, name, text, expected] of documents) {
  test(`${what} is ${expected ? '' : 'not '}GitOps content`, () => {
    assert.equal(isGitOpsDocument(name, text), expected);
  });
}

/** Lists folders of a tree given by its file paths. */
function listing(...files: string[]): (path: string) => Promise<FolderEntry[]> {
  return (path) => {
    const prefix = path === '' ? '' : `${path}/`;
    const below = files.filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length));
    const names = new Map(below.map((file) => [file.split('/')[0] ?? '', file.includes('/')]));
    return Promise.resolve([...names].map(([name, isFolder]) => ({ name, isFolder })));
  };
}

const folders: readonly [what: string, files: readonly string[], expected: boolean][] = [
  ['our configuration', ['.fluxwright.yaml'], true],
  ['sops rules', ['.sops.yaml', 'README.md'], true],
  ['a cluster with manifests', ['clusters/home/apps.yaml'], true],
  ['a cluster with flux-system only', ['clusters/home/flux-system/gotk-sync.yaml'], true],
  ['manifests beside clusters', ['clusters/home.yaml'], true],
  ['flux-system at the root', ['flux-system/gotk-sync.yaml'], true],
  ['a study of clusters', ['clusters/kmeans/run.py', 'clusters/data.csv', 'main.py'], false],
  ['a web page', ['index.html', 'package.json'], false],
  ['nothing', [], false],
];

for (const [what, files, expected] of folders) {
  test(`a folder with ${what} is ${expected ? '' : 'not '}a GitOps repository`, async () => {
    assert.equal(await isGitOpsFolder(listing(...files)), expected);
  });
}
