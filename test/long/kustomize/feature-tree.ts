import { customFields } from './feature-custom';
import { generatorFields } from './feature-generators';
import { pluginFields } from './feature-plugins';
import { replacementFields, variableFields } from './feature-references';
import { type Random } from './random';
import { type FileTree } from './real-kustomize';
import { type Tree, writeDocument } from './yaml-tree';

export type Fields = Record<string, Tree>;

/** One layer of a tree while it is made. */
export interface Layer {
  readonly random: Random;
  /** Adds a file to the folder of the layer. */
  readonly write: (name: string, text: string) => void;
  /** Names of the Deployments, which are those of the Services and ConfigMaps too. */
  readonly names: readonly string[];
  readonly isRoot: boolean;
  /** Levels below it. */
  readonly depth: number;
}

const allNames = ['web', 'api', 'job'] as const;

function deployment(random: Random, name: string): Tree {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      ...(random.chance(0.3) && { labels: { tier: random.pick(['front', '"7"']) } }),
      ...(random.chance(0.2) && { annotations: { note: random.pick(['x', 'a-b-c', '"1"']) } }),
    },
    spec: {
      ...(random.chance(0.6) && { replicas: random.pick(['1', '2']) }),
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: 'main',
              image: random.pick(['app:1', 'reg.example/app:2', '"other"']),
              args: ['--name=$(NAME)', '$(PORT)', 'plain'],
              envFrom: [{ configMapRef: { name } }, { secretRef: { name: 'keys' } }],
              ports: [{ containerPort: '80' }],
            },
          ],
          ...(random.chance(0.4) && { volumes: [{ name: 'v', configMap: { name: 'made' } }] }),
        },
      },
    },
  };
}

const service = (name: string): Tree => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: name }, ports: [{ port: '80', name: 'http' }] },
});

const configMap = (random: Random, name: string): Tree => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data: { host: `${name}.example.com`, text: random.pick(['"a: b"', '|\n  {"k": "v"}', '"5"']) },
});

const thing = (random: Random, name: string): Tree => ({
  apiVersion: 'example.org/v1',
  kind: 'Thing',
  metadata: { name: `thing-${name}` },
  spec: {
    target: name,
    image: 'app:1',
    list: [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ],
    ...(random.chance(0.3) && { deep: { path: { value: 'x/y/z' } } }),
  },
});

function objects(random: Random, name: string): Tree[] {
  const all: Tree[] = [deployment(random, name)];
  if (random.chance(0.5)) all.push(service(name));
  if (random.chance(0.5)) all.push(configMap(random, name));
  if (random.chance(0.5)) all.push(thing(random, name));
  return all;
}

function commonFields({ random, names, write }: Layer): Fields {
  const name = names[random.count(names.length - 1)] ?? 'web';
  const choices: Record<string, () => Tree> = {
    namespace: () => random.pick(['shop', 'other']),
    namePrefix: () => random.pick(['p-', 'q-']),
    nameSuffix: () => '-s',
    labels: () => [
      {
        pairs: { team: 'x' },
        ...(random.chance(0.4) && { includeSelectors: random.pick(['true', 'false']) }),
        ...(random.chance(0.3) && { includeTemplates: 'true' }),
      },
    ],
    commonLabels: () => ({ owner: random.pick(['me', '"1"']) }),
    commonAnnotations: () => ({ mark: random.pick(['done', '"2"']) }),
    images: () => [{ name: random.pick(['app', 'reg.example/app']), newTag: '"9"' }],
    replicas: () => [{ name: random.chance(0.95) ? name : 'absent', count: '4' }],
    patches: () => {
      const patch: Tree = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: random.chance(0.97) ? name : 'absent' },
        spec: {
          template: {
            spec: {
              containers: [
                { name: 'main', resources: { limits: { cpu: '1' } } },
                { name: 'extra', image: 'app:1' },
              ],
              ...(random.chance(0.2) && { volumes: [{ $patch: random.pick(['delete', 'replace']), name: 'v' }] }),
            },
          },
        },
      };
      const file = random.chance(0.95) ? 'patch.yaml' : 'absent.yaml';
      write('patch.yaml', writeDocument(patch));
      return [{ path: file, ...(random.chance(0.3) && { target: { kind: 'Deployment', name } }) }];
    },
    patchesStrategicMerge: () => {
      write(
        'old.yaml',
        writeDocument({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec: { paused: 'true' } }),
      );
      return ['old.yaml'];
    },
    patchesJson6902: () => {
      write('json.yaml', '- op: add\n  path: /metadata/annotations\n  value: {j: k}\n');
      return [{ target: { version: 'v1', group: 'apps', kind: 'Deployment', name }, path: 'json.yaml' }];
    },
    sortOptions: () => ({ order: random.pick(['fifo', 'legacy', 'fifo']) }),
    buildMetadata: () => random.some(['originAnnotations', 'transformerAnnotations', 'managedByLabel'], 0.5),
  };
  const shares: Record<string, number> = { patchesStrategicMerge: 0.08, patchesJson6902: 0.08, patches: 0.2 };
  return Object.fromEntries(
    Object.entries(choices)
      .filter(([key]) => random.chance(shares[key] ?? 0.13))
      .map(([key, make]) => [key, make()]),
  );
}

function layer(random: Random, directory: string, depth: number, files: Map<string, string>): string[] {
  const at = (name: string): string => (directory === '' ? name : `${directory}/${name}`);
  const below = depth > 1 ? layer(random, at('base'), depth - 1, files) : [];
  const own = allNames.filter((name) => !below.includes(name) && random.chance(below.length > 0 ? 0.3 : 0.6));
  const names = [...below, ...own];
  const made: Layer = {
    random,
    names: names.length > 0 ? names : ['web'],
    isRoot: directory === '',
    depth,
    write: (name, text) => void files.set(at(name), text),
  };
  const all = own.flatMap((name) => objects(random, name));
  made.write('objects.yaml', all.map(writeDocument).join('---\n') || '# nothing\n');
  const resources = [...(depth > 1 ? ['base'] : []), 'objects.yaml'];
  if (random.chance(0.01)) resources.push('objects.yaml');
  const component = random.chance(0.1) ? makeComponent(random, at('part'), files) : undefined;
  const fields: Fields = {
    [random.chance(0.08) ? 'bases' : 'resources']: resources,
    ...component,
    ...commonFields(made),
    ...generatorFields(made),
    ...replacementFields(made),
    ...variableFields(made),
    ...customFields(made),
    ...pluginFields(made),
  };
  made.write('kustomization.yaml', writeDocument(fields));
  return names;
}

function makeComponent(random: Random, directory: string, files: Map<string, string>): Fields {
  const fields: Fields = {
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    ...(random.chance(0.5) && { namePrefix: 'c-' }),
    ...(random.chance(0.5) && { labels: [{ pairs: { part: 'yes-it-is' } }] }),
    ...(random.chance(0.4) && { configMapGenerator: [{ name: 'of-part', literals: ['a=b'] }] }),
  };
  files.set(`${directory}/kustomization.yaml`, writeDocument(fields));
  return { components: ['part'] };
}

/** One to three layers that use every field beside the plain transformers; most of them build. */
export function featureTree(random: Random): FileTree {
  const files = new Map<string, string>();
  layer(random, '', 1 + random.count(2), files);
  return files;
}
