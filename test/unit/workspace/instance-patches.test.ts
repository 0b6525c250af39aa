import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valueAt } from '../../../server/model/json';
import { analyse } from '../../support/analysis';
import { memoryFiles } from '../../support/memory-files';

const instance = (patches: string): string =>
  `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: {name: flux, namespace: flux-system}
spec:
  distribution: {version: 2.10.x, registry: ghcr.io/fluxcd}
  sync: {kind: GitRepository, url: https://git.example.com/home, ref: refs/heads/main, path: clusters/one}
  kustomize:
    patches:
${patches}`;

const substituting = `      - target: {kind: Kustomization}
        patch: |
          - op: add
            path: /spec/postBuild
            value: {substitute: {DOMAIN: example.com}}
`;

const lenient = `      - target: {kind: Deployment, name: kustomize-controller}
        patch: |
          - op: add
            path: /spec/template/spec/containers/0/args/-
            value: --feature-gates=StrictPostBuildSubstitutions=false
`;

const config =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app, namespace: apps}\ndata: {host: "app.${DOMAIN}", other: "x${NONE}"}\n';

function run(patches: string) {
  const files = memoryFiles({ 'clusters/one/instance.yaml': instance(patches), 'clusters/one/config.yaml': config });
  const { snapshot, verdict } = analyse(files).run();
  const [cluster] = snapshot.clusters;
  const [object] = cluster?.objectsOf('', 'ConfigMap') ?? [];
  assert.ok(object !== undefined);
  const codes = [...verdict.findings.values()].flat().map(({ code }) => code);
  return { host: valueAt(object.value, ['data', 'host']), other: valueAt(object.value, ['data', 'other']), codes };
}

test('patches of a FluxInstance reach the Kustomization that it makes', () => {
  assert.deepEqual(run(''), { host: 'app.${DOMAIN}', other: 'x${NONE}', codes: [] });
  assert.deepEqual(run(substituting), { host: 'app.example.com', other: 'x${NONE}', codes: ['subst-undefined'] });
});

test('they reach the arguments of the controller too, which say how it substitutes', () => {
  assert.deepEqual(run(substituting + lenient), { host: 'app.example.com', other: 'x', codes: [] });
});

test('one that cannot be read leaves everything unknown', () => {
  const { codes } = run('      - {target: {kind: Kustomization}, patch: "[{"}\n');
  assert.deepEqual(codes, []);
});
