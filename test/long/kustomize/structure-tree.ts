import { type Random } from './random';
import { type FileTree } from './real-kustomize';
import { writtenObject } from './written-text';

const kinds = [
  'v1 ConfigMap',
  'v1 Secret',
  'apps/v1 Deployment',
  'v1 Namespace',
  'example.org/v1 Thing',
  'v1 Node',
] as const;
const names = ['a', 'b', 'c', 'd'] as const;
const switches = ['true', 'yes', 'on', 'false', 'off'] as const;

function object(random: Random): string {
  const [apiVersion = '', kind = ''] = random.pick(kinds).split(' ');
  const namespace = random.chance(0.2) ? `, namespace: ${random.pick(['default', 'x', 'z'])}` : '';
  const local = random.chance(0.05) ? ', annotations: {config.kubernetes.io/local-config: "true"}' : '';
  const body = random.chance(0.02) ? 'a: 1\na: 2' : `data: {key: ${random.pick(['x', '1', 'true', '"1"'])}}`;
  const name = random.chance(0.01) ? '' : `name: ${random.pick(names)}${String(random.count(9))}`;
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {${name}${namespace}${local}}\n${body}\n`;
}

function list(random: Random): string {
  const items = random.times(3, () => `  - ${object(random).trimEnd().replaceAll('\n', '\n    ')}\n`);
  const kind = random.pick(['List', 'ConfigMapList', 'ThingList']);
  if (items.length === 0) return `apiVersion: v1\nkind: ${kind}\nitems:${random.pick(['', ' []'])}\n`;
  return `apiVersion: v1\nkind: ${kind}\nitems:\n${items.join('')}`;
}

function document(random: Random): string {
  const choice = random.next();
  if (choice < 0.6) return object(random);
  if (choice < 0.75) return list(random);
  if (choice < 0.93) return `${writtenObject(random, `w${String(random.count(99))}`)}\n`;
  const wrong = ['text\n', 'a: b\n', '...\n', '- a\n', 'a: [\n'] as const;
  return random.chance(0.15) ? random.pick(wrong) : random.pick(['# nothing\n', '', '~\n', '{}\n', 'null\n', '[]\n']);
}

function file(random: Random): string {
  const separators = ['---\n', '---\n', '---\n', '--- # comment\n', '---  \n', '...\n---\n'] as const;
  const end = random.chance(0.03) ? '...\n' : '';
  let text = random.chance(0.2) ? '---\n' : '';
  text += document(random);
  for (let more = random.count(2); more > 0; more--) text += end + random.pick(separators) + document(random);
  if (random.chance(0.1)) text = text.replace(/\n$/, '');
  return random.chance(0.05) ? text.replaceAll('\n', '\r\n') : text;
}

/** Writes a kustomization with what it needs below a folder, and gives its lines. */
function kustomization(
  random: Random,
  folder: string,
  files: Map<string, string>,
  depth: number,
  isComponent: boolean,
) {
  const lines: string[] = [];
  const resources: string[] = [];
  const at = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  for (let count = 1 + random.count(2); count > 0; count--) {
    const name = `f${String(count)}.yaml`;
    files.set(at(name), file(random));
    resources.push(random.chance(0.1) ? `./${name}` : name);
  }
  if (depth < 3 && random.chance(0.5)) {
    const name = `base${String(random.count(1))}`;
    write(random, at(name), files, depth + 1, random.chance(0.03));
    resources.push(random.chance(0.2) ? `${name}/` : name);
  }
  if (random.chance(0.02))
    resources.push(random.pick(['gone.yaml', '.', '..', '""', 'https://example.invalid/a.yaml']));
  if (resources.length > 0) lines.push(`${random.chance(0.05) ? 'bases' : 'resources'}: [${resources.join(', ')}]`);
  if (depth < 3 && random.chance(0.3)) {
    const components = random.times(2, () => `part${String(random.count(1))}`);
    for (const name of new Set(components)) write(random, at(name), files, depth + 1, !random.chance(0.03));
    if (components.length > 0) lines.push(`components: [${components.join(', ')}]`);
  }
  const own = [
    'namePrefix: p-',
    'nameSuffix: -s',
    `namespace: ${random.pick(['x', 'other'])}`,
    `labels: [{pairs: {app: web}, includeSelectors: ${random.pick(switches)}}]`,
    'commonAnnotations: {note: "1"}',
    `configMapGenerator: [{name: g${String(random.count(2))}, literals: [a=b]}]`,
    `buildMetadata: [${random.some(['originAnnotations', 'transformerAnnotations', 'managedByLabel'], 0.5).join(', ')}]`,
    `sortOptions: {order: ${random.pick(['fifo', 'legacy', 'fifo', 'other'])}}`,
    'sortOptions: {order: legacy, legacySortOptions: {orderFirst: [Thing, Namespace], orderLast: [ConfigMap]}}',
    'unknown: true',
    'namePrefix: 1',
  ];
  lines.push(...random.some(own.slice(0, 8), 0.12), ...random.some(own.slice(8), 0.015));
  if (isComponent) lines.unshift('apiVersion: kustomize.config.k8s.io/v1alpha1', 'kind: Component');
  else if (random.chance(0.2)) lines.unshift('kind: Kustomization');
  return lines;
}

function write(random: Random, folder: string, files: Map<string, string>, depth: number, isComponent: boolean): void {
  const lines = kustomization(random, folder, files, depth, isComponent);
  const name = random.chance(0.9) ? 'kustomization.yaml' : random.pick(['kustomization.yml', 'Kustomization']);
  files.set(folder === '' ? name : `${folder}/${name}`, lines.map((line) => `${line}\n`).join(''));
}

/** A tree of kustomizations: what they list, how it is written, in what order it comes out, and what is wrong with it. */
export function structureTree(random: Random): FileTree {
  const files = new Map<string, string>();
  write(random, '', files, 0, random.chance(0.02));
  return files;
}

/** A kustomization of one file with one object, its values written in every style. */
export function writtenTree(random: Random): FileTree {
  return new Map([
    ['kustomization.yaml', 'resources: [a.yaml]\n'],
    ['a.yaml', writtenObject(random, 'a') + (random.chance(0.5) ? '\n' : '')],
  ]);
}
