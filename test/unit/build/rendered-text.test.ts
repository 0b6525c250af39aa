import assert from 'node:assert/strict';
import { test } from 'node:test';
import { originOf, renderedAt } from '../../../server/build/build';
import { placesOf, renderedText } from '../../../server/features/rendered';
import { isObject, itemsAt, type JsonValue, type Path } from '../../../server/model/json';
import { analyse } from '../../support/analysis';
import { memoryFiles } from '../../support/memory-files';
import { readTree } from '../../support/tree';

const source = 'sourceRef: {kind: GitRepository, name: flux-system}';
const tree = new Map([
  [
    'clusters/home/flux-system/gotk-sync.yaml',
    `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1h, prune: true, path: ./clusters/home, ${source}}
`,
  ],
  [
    'clusters/home/apps.yaml',
    `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 1h
  prune: true
  path: ./apps
  targetNamespace: shop
  commonMetadata:
    labels:
      team: a
  ${source}
  postBuild:
    substitute:
      HOST: shop.example.com
`,
  ],
  [
    'apps/kustomization.yaml',
    `resources: [app.yaml]
images:
  - name: app
    newTag: "2"
patches:
  - path: patch.yaml
secretGenerator:
  - name: keys
    literals:
      - password=quite-secret
`,
  ],
  [
    'apps/app.yaml',
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  template:
    spec:
      containers:
        - name: app
          image: app:1
          args: ["--host=\${HOST}", "--other=\${OTHER}"]
`,
  ],
  [
    'apps/patch.yaml',
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  replicas: 3
`,
  ],
]);
const apps = 'kustomize.toolkit.fluxcd.io/Kustomization/flux-system/apps';

test('each line of what is rendered leads to the places that made it, the one to edit first', () => {
  const { snapshot } = analyse(memoryFiles(tree)).run();
  const rendered = renderedText(snapshot, { cluster: 'clusters/home', owner: apps, object: '' });
  assert.ok(rendered);
  const places = (line: string): string[] => {
    const at = rendered.text.indexOf(line);
    assert.ok(at >= 0, `${line} in\n${rendered.text}`);
    const value = at + line.length - line.trimStart().replace(/^(- )?[^ ]*:? ?/, '').length;
    return placesOf(snapshot, rendered.stepsAt(value)).map(({ file, range }) => `${file}:${range.start.line + 1}`);
  };
  assert.deepEqual(places('image: app:2'), ['apps/kustomization.yaml:3', 'apps/app.yaml:10']);
  assert.deepEqual(places('replicas: 3'), ['apps/patch.yaml:6']);
  assert.deepEqual(places('namespace: shop'), ['clusters/home/apps.yaml:10']);
  assert.deepEqual(places('team: a'), ['clusters/home/apps.yaml:13']);
  assert.deepEqual(places('  name: app\n'), ['apps/app.yaml:4']);
  assert.ok(rendered.text.includes('- --host=shop.example.com'));
  assert.ok(rendered.text.includes('- --other=${OTHER}'), 'what nobody knows stands as written');
});

test('no value of a Secret is in the text', () => {
  const { snapshot } = analyse(memoryFiles(tree)).run();
  const { text } = renderedText(snapshot, { cluster: 'clusters/home', owner: apps, object: '' }) ?? { text: '' };
  assert.match(text, /kind: Secret/);
  assert.match(text, /password: \(hidden\)/);
  assert.ok(!text.includes('quite-secret') && !text.includes(Buffer.from('quite-secret').toString('base64')));
});

test('one object by its name; nothing for a name that nothing has', () => {
  const { snapshot } = analyse(memoryFiles(tree)).run();
  const one = (object: string): string | undefined =>
    renderedText(snapshot, { cluster: 'clusters/home', owner: apps, object })?.text;
  assert.match(one('apps/Deployment/shop/app') ?? '', /^apiVersion: apps\/v1\nkind: Deployment\n/);
  assert.ok(!one('apps/Deployment/shop/app')?.includes('---'));
  assert.equal(one('apps/Deployment/shop/other'), undefined);
  assert.equal(renderedText(snapshot, { cluster: 'clusters/home', owner: '/x//y', object: '' }), undefined);
  assert.equal(renderedText(snapshot, { cluster: 'clusters/none', owner: apps, object: '' }), undefined);
});

function* pathsOf(value: JsonValue | undefined, path: Path = []): Iterable<Path> {
  if (isObject(value)) for (const [key, child] of value) yield* pathsOf(child, [...path, key]);
  else if (Array.isArray(value)) {
    for (const [index, child] of itemsAt(value).entries()) yield* pathsOf(child, [...path, index]);
  } else yield path;
}

const folders = ['examples/homelab', ...['monorepo-generated', 'operator-oci'].map((name) => `test/repos/${name}`)];

for (const folder of folders) {
  test(`what a value of ${folder} comes from leads back to it`, () => {
    const { snapshot } = analyse(memoryFiles(readTree(folder))).run();
    let count = 0;
    for (const { builds } of snapshot.clusters) {
      for (const { objects } of builds.values()) {
        for (const object of objects) {
          for (const path of pathsOf(object.value)) {
            const [origin] = originOf(object, path);
            if (origin === undefined) continue;
            const found = renderedAt(objects, origin).filter(({ address }) => address === object.address);
            const isIn = found.some((place) => place.path.every((step, index) => step === path[index]));
            assert.ok(isIn, `${object.key} ${path.join('.')} from ${JSON.stringify(origin)}: ${JSON.stringify(found)}`);
            count++;
          }
        }
      }
    }
    assert.ok(count > 50, `${String(count)} values`);
  });
}

test('the place of a transformer leads to all that it makes, and what a layer writes over leads nowhere', () => {
  const { snapshot } = analyse(memoryFiles(tree)).run();
  const objects = [...(snapshot.clusters[0]?.builds.get(apps)?.objects ?? [])];
  const at = (file: string, ...path: Path): string[] =>
    renderedAt(objects, { file, document: 0, path }).map((place) => `${place.address.object} ${place.path.join('.')}`);
  assert.deepEqual(at('apps/kustomization.yaml', 'images', 0, 'newTag'), [
    'apps/Deployment/shop/app spec.template.spec.containers.0.image',
  ]);
  assert.deepEqual(at('apps/patch.yaml', 'spec', 'replicas'), ['apps/Deployment/shop/app spec.replicas']);
  assert.deepEqual(at('apps/app.yaml', 'metadata', 'name'), ['apps/Deployment/shop/app metadata.name']);
  assert.deepEqual(at('apps/app.yaml', 'spec', 'template', 'spec', 'containers', 0, 'image'), []);
  assert.deepEqual(at('apps/none.yaml'), []);
});
