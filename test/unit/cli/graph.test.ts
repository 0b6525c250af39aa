import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPalette } from '../../../server/cli/colour';
import { collectGraph } from '../../../server/cli/graph-report/collect';
import { dotGraph } from '../../../server/cli/graph-report/dot';
import { jsonGraph } from '../../../server/cli/graph-report/json';
import { mermaidGraph } from '../../../server/cli/graph-report/mermaid';
import { textGraph } from '../../../server/cli/graph-report/text';
import { smallRepository, snapshotOf } from './repository';

const clusters = snapshotOf(smallRepository).clusters.map(collectGraph);

test('text is a tree', () => {
  assert.equal(
    `\n${textGraph(clusters, createPalette(false))}\n`,
    `
clusters/home Flux 2.10 assumed, 3 Kustomizations
└─ Kustomization flux-system/flux-system [path ./clusters/home; sourceRef GitRepository flux-system/flux-system]
   ├─ Kustomization flux-system/apps [path ./apps; sourceRef GitRepository flux-system/flux-system; dependsOn flux-system/infra, flux-system/absent (missing)]
   │  ├─ Namespace web
   │  └─ ConfigMap web/web
   ├─ GitRepository flux-system/flux-system
   ├─ Kustomization flux-system/flux-system (itself)
   └─ Kustomization flux-system/infra [path ./infra; sourceRef GitRepository flux-system/flux-system]
      └─ Namespace infra
`,
  );
});

test('what is not known is said', () => {
  const resources = 'resources:\n  - web.yaml\n  - https://example.org/more.yaml\n';
  const remote = snapshotOf({ ...smallRepository, 'apps/kustomization.yaml': resources }).clusters.map(collectGraph);
  const lines = textGraph(remote, createPalette(false)).split('\n');
  assert.match(lines[2] ?? '', /dependsOn flux-system\/infra, flux-system\/absent \(not known\)\]$/);
  assert.match(lines[3] ?? '', /^ {3}│ {2}├─ \? .*https:\/\/example\.org\/more\.yaml/);
});

const oci = {
  'deploy/clusters/home/flux.yaml': `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution: { version: 2.x, registry: ghcr.io/fluxcd }
  sync: { kind: OCIRepository, url: oci://r.example/fleet, ref: latest, path: clusters/home }
`,
};
const oneSource = (files: Readonly<Record<string, string>>): { line: string | undefined; sources: unknown } => {
  const graphs = snapshotOf(files).clusters.map(collectGraph);
  const line = textGraph(graphs, createPalette(false)).split('\n')[1];
  const { clusters: found } = JSON.parse(jsonGraph('/repo', graphs)) as { clusters: { sources: unknown }[] };
  return { line, sources: found[0]?.sources };
};

test('a source that is taken to be this repository is marked', () => {
  const source = 'source.toolkit.fluxcd.io/OCIRepository/flux-system/flux-system';
  assert.deepEqual(oneSource(oci), {
    line: '├─ ? OCIRepository flux-system/flux-system is taken to be the folder deploy: the paths that are read from it exist there',
    sources: [{ source, folder: 'deploy', by: 'paths', inferred: true }],
  });
  const ci = { '.gitlab-ci.yml': 'push: { script: flux push artifact oci://r.example/fleet:latest --path=deploy }' };
  assert.deepEqual(oneSource({ ...oci, ...ci }), {
    line: '├─ ? OCIRepository flux-system/flux-system is taken to be the folder deploy: .gitlab-ci.yml pushes it',
    sources: [{ source, folder: 'deploy', by: 'push', inferred: true, pushedBy: '.gitlab-ci.yml' }],
  });
  const child = (path: string): string =>
    `---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${path}, namespace: flux-system }\n` +
    `spec: { path: ./${path}, prune: true, sourceRef: { kind: OCIRepository, name: flux-system } }\n`;
  const most = {
    'deploy/a/x.yaml': '',
    'deploy/b/x.yaml': '',
    'deploy/clusters/home/ks.yaml': ['a', 'b', 'c'].map(child).join(''),
  };
  assert.match(
    oneSource({ ...oci, ...most }).line ?? '',
    /folder deploy: most paths that are read from it exist there$/,
  );
  assert.deepEqual(oneSource(smallRepository).sources, [
    {
      source: 'source.toolkit.fluxcd.io/GitRepository/flux-system/flux-system',
      folder: '',
      by: 'sync',
      inferred: false,
    },
  ]);
  assert.doesNotMatch(oneSource(smallRepository).line ?? '', /taken/);
});

test('json names every object and every edge by address', () => {
  const key = (name: string): string => `kustomize.toolkit.fluxcd.io/Kustomization/flux-system/${name}`;
  const at = (owner: string, object: string): string => `clusters/home|${key(owner)}|${object}`;
  const source = at('flux-system', 'source.toolkit.fluxcd.io/GitRepository/flux-system/flux-system');
  const own = (name: string): string => at('flux-system', key(name));
  const graph = JSON.parse(jsonGraph('/repo', clusters)) as {
    version: number;
    root: string;
    clusters: { path: string; order: string[]; nodes: Record<string, unknown>[]; edges: Record<string, unknown>[] }[];
  };
  assert.equal(graph.version, 1);
  assert.equal(graph.root, '/repo');
  const [cluster] = graph.clusters;
  assert.equal(cluster?.path, 'clusters/home');
  assert.deepEqual(cluster.order, [key('flux-system'), key('apps'), key('infra')]);
  assert.deepEqual(
    cluster.nodes.map(({ address }) => address).sort(),
    [
      own('flux-system'),
      own('apps'),
      own('infra'),
      source,
      at('apps', '/Namespace//web'),
      at('apps', '/ConfigMap/web/web'),
      at('infra', '/Namespace//infra'),
    ].sort(),
  );
  assert.deepEqual(
    cluster.nodes.find(({ name }) => name === 'apps'),
    {
      address: own('apps'),
      group: 'kustomize.toolkit.fluxcd.io',
      kind: 'Kustomization',
      namespace: 'flux-system',
      name: 'apps',
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      file: 'clusters/home/apps.yaml',
      path: 'apps',
      applies: 2,
    },
  );
  const fromApps = cluster.edges.filter(({ from }) => from === own('apps'));
  assert.deepEqual(
    fromApps.filter(({ role }) => role !== 'serviceAccountName'),
    [
      { from: own('apps'), to: at('apps', '/Namespace//web'), role: 'applies' },
      { from: own('apps'), to: at('apps', '/ConfigMap/web/web'), role: 'applies' },
      { from: own('apps'), to: source, role: 'sourceRef' },
      { from: own('apps'), to: own('infra'), role: 'dependsOn' },
      { from: own('apps'), to: key('absent'), role: 'dependsOn', state: 'missing' },
    ],
  );
});

test('mermaid', () => {
  assert.equal(
    `\n${mermaidGraph(clusters)}`,
    `
flowchart LR
  subgraph c0["clusters/home"]
    c0n0["Kustomization<br/>flux-system/flux-system"]
    c0n1["Kustomization<br/>flux-system/apps<br/>2 more objects"]
    c0n2["Kustomization<br/>flux-system/infra<br/>1 more object"]
    c0n3["GitRepository<br/>flux-system/flux-system"]
    c0n4["Kustomization<br/>flux-system/absent"]:::missing
  end
  c0n0 --> c0n1
  c0n0 --> c0n3
  c0n0 --> c0n2
  c0n0 -.->|sourceRef| c0n3
  c0n1 -.->|sourceRef| c0n3
  c0n1 -.->|dependsOn| c0n2
  c0n1 -.->|dependsOn| c0n4
  c0n2 -.->|sourceRef| c0n3
  classDef missing stroke-dasharray: 4 4
`,
  );
});

test('dot', () => {
  assert.equal(
    `\n${dotGraph(clusters)}`,
    `
digraph flux {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_0 {
    label="clusters/home";
    c0n0 [label="Kustomization\\nflux-system/flux-system"];
    c0n1 [label="Kustomization\\nflux-system/apps\\n2 more objects"];
    c0n2 [label="Kustomization\\nflux-system/infra\\n1 more object"];
    c0n3 [label="GitRepository\\nflux-system/flux-system"];
    c0n4 [label="Kustomization\\nflux-system/absent", style=dashed];
  }
  c0n0 -> c0n1;
  c0n0 -> c0n3;
  c0n0 -> c0n2;
  c0n0 -> c0n3 [label="sourceRef", style=dashed];
  c0n1 -> c0n3 [label="sourceRef", style=dashed];
  c0n1 -> c0n2 [label="dependsOn", style=dashed];
  c0n1 -> c0n4 [label="dependsOn", style=dashed];
  c0n2 -> c0n3 [label="sourceRef", style=dashed];
}
`,
  );
});

test('names that would break out of a drawing', () => {
  const name = 'a"]; b --> c <script> #1 \\';
  const [cluster] = snapshotOf(smallRepository).clusters.map(collectGraph);
  assert.ok(cluster !== undefined);
  const hostile = [{ ...cluster, cluster: { ...cluster.cluster, path: name } }];
  assert.match(mermaidGraph(hostile), /subgraph c0\["a#34;\]; b --#62; c #60;script#62; #35;1 \\"\]/);
  assert.match(dotGraph(hostile), /label="a\\"\]; b --> c <script> #1 \\\\";/);
});
