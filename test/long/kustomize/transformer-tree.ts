import { labels, labelTexts, names, object, objectTree, scalar, type TreeObject } from './objects';
import { type Random } from './random';
import { type Tree, writeDocument } from './yaml-tree';

/** Files of a kustomization, by path; the outermost one stands in the root. */
export type FileTree = ReadonlyMap<string, string>;

type Fields = Record<string, Tree>;

const quote = (text: string) => `|-\n  ${text.trimEnd().replaceAll('\n', '\n  ')}`;

/** A tree of one to three layers that uses every transformer and patch field; most of them build. */
export function makeTree(random: Random): FileTree {
  const files = new Map<string, string>();
  layer(random, '', 1 + random.count(2), files);
  return files;
}

function layer(random: Random, directory: string, depth: number, files: Map<string, string>): readonly TreeObject[] {
  const path = (name: string) => (directory === '' ? name : `${directory}/${name}`);
  const below = depth > 1 ? layer(random, path('base'), depth - 1, files) : [];
  const own = new Map<string, ReturnType<typeof object>>();
  for (let left = 1 + random.count(4); left > 0; left--) {
    const made = object(random);
    // The namespace is left out, or two layers would clash too often.
    own.set(`${made.id.kind} ${made.id.name}`, made);
  }
  const fresh = [...own.values()].filter(
    ({ id }) => !below.some((one) => one.kind === id.kind && one.name === id.name),
  );
  files.set(path('objects.yaml'), fresh.map(({ tree }) => writeDocument(tree)).join('---\n') || '# nothing\n');
  const ids = [...below, ...fresh.map(({ id }) => id)];
  const kustomization: Fields = {
    resources: [...(depth > 1 ? ['base'] : []), 'objects.yaml'],
    ...fields(random, ids),
  };
  files.set(path('kustomization.yaml'), writeDocument(kustomization));
  return ids;
}

function fields(random: Random, ids: readonly TreeObject[]): Fields {
  const target = (): TreeObject =>
    ids[random.count(ids.length - 1)] ?? { apiVersion: 'v1', kind: 'Pod', name: 'a', namespace: '' };
  const choices: Record<string, () => Tree> = {
    namespace: () => random.pick(['shop', 'other', '"5"']),
    namePrefix: () => random.pick(['p-', '"0"', 'q-']),
    nameSuffix: () => random.pick(['-s', '-t']),
    commonLabels: () => labelMap(random),
    labels: () => [label(random), ...random.times(1, () => label(random))],
    commonAnnotations: () => labelMap(random),
    images: () => [image(random), ...random.times(1, () => image(random))],
    replicas: () => [
      {
        name: (ids.find(({ kind }) => kind === 'Deployment') ?? target()).name,
        count: random.pick(['0', '3', '1000000']),
      },
    ],
    patches: () => [patch(random, target()), ...random.times(2, () => patch(random, target()))],
    patchesStrategicMerge: () => [quote(writeDocument(mergePatch(random, target())))],
    patchesJson6902: () => {
      const { kind, name } = target();
      return [{ target: { kind, name }, patch: quote(writeDocument(operations(random))) }];
    },
  };
  const shares: Record<string, number> = {
    patches: 0.8,
    patchesStrategicMerge: 0.15,
    patchesJson6902: 0.1,
    replicas: 0.15,
  };
  return Object.fromEntries(
    Object.entries(choices)
      .filter(([key]) => random.chance(shares[key] ?? 0.22))
      .map(([key, make]) => [key, make()]),
  );
}

export function labelMap(random: Random): Tree {
  return Object.fromEntries(random.some(['app', 'team', 'new'], 0.6).map((key) => [key, random.pick(labelTexts)]));
}

function label(random: Random): Tree {
  return {
    pairs: labelMap(random),
    ...(random.chance(0.3) && { includeSelectors: 'true' }),
    ...(random.chance(0.3) && { includeTemplates: 'true' }),
    ...(random.chance(0.2) && {
      fields: [
        {
          path: random.pick(['spec/new/x', 'spec/z/labels', 'data']),
          kind: 'Thing',
          create: random.pick(['true', 'false']),
        },
      ],
    }),
  };
}

export function image(random: Random): Tree {
  return {
    name: random.pick(['app', 'reg.example/app', '"a.*"', 'other']),
    ...(random.chance(0.5) && { newName: random.pick(['moved', 'reg.example/new']) }),
    ...(random.chance(0.5) && { newTag: random.pick(['"2"', 'v3']) }),
    ...(random.chance(0.2) && { digest: '"sha256:0b"' }),
    ...(random.chance(0.2) && { tagSuffix: '-slim' }),
  };
}

export function patch(random: Random, id: TreeObject): Tree {
  if (random.chance(0.3)) {
    return { target: selector(random, id), patch: quote(writeDocument(operations(random))) };
  }
  const options = random.chance(0.2) && {
    options: { allowNameChange: random.pick(['true', 'false']), allowKindChange: random.pick(['true', 'false']) },
  };
  const text = quote(writeDocument(mergePatch(random, id)));
  return random.chance(0.4) ? { target: selector(random, id), patch: text, ...options } : { patch: text, ...options };
}

function selector(random: Random, { kind, name }: TreeObject): Tree {
  return {
    ...(random.chance(0.6) && { kind }),
    ...(random.chance(0.4) && { name: random.pick([name, `"p?-?${name}.*"`, '"[ab]"']) }),
    ...(random.chance(0.1) && { namespace: random.pick(['shop', '"s.*"', 'default']) }),
    ...(random.chance(0.15) && {
      labelSelector: random.pick(['app', 'app=web', '"app in (web, api)"', '"!tier"', '"app!=x,tier"']),
    }),
    ...(random.chance(0.1) && { annotationSelector: random.pick(['note', 'note=x']) }),
    ...(random.chance(0.1) && { group: random.pick(['apps', '".*k8s.io"']) }),
    ...(random.chance(0.1) && { version: 'v1' }),
  };
}

/** Another object of the same id, with directives and nulls strewn in. */
function mergePatch(random: Random, id: TreeObject): Fields {
  const strewn = strew(random, objectTree(random, { ...id, name: random.chance(0.98) ? id.name : 'absent' }), true);
  return typeof strewn === 'object' && !Array.isArray(strewn) ? (strewn as Fields) : {};
}

// Text in place of annotations is lost when kustomize notes something there; nobody writes it.
const identity = new Set(['apiVersion', 'kind', 'metadata', 'name', 'namespace', 'annotations']);

function strew(random: Random, tree: Tree, isRoot: boolean): Tree {
  if (typeof tree === 'string') return tree;
  if (Array.isArray(tree)) {
    const items = (tree as readonly Tree[]).map((item) => strew(random, item, false));
    return random.chance(0.06) ? [...items, { $patch: random.pick(['replace', 'delete', 'merge']) }] : items;
  }
  const strewn: Fields = {};
  for (const [key, value] of Object.entries(tree)) {
    if (!identity.has(key) && random.chance(0.15)) continue;
    strewn[key] =
      !identity.has(key) && random.chance(0.05)
        ? random.pick(['null', '', scalar(random)])
        : strew(random, value, false);
  }
  if (random.chance(isRoot ? 0.02 : 0.04))
    strewn['$patch'] = random.pick([
      'replace',
      'delete',
      'merge',
      'replace',
      'delete',
      'merge',
      'replace',
      'delete',
      'merge',
      'unknown',
    ]);
  return strewn;
}

const paths = [
  '/metadata/labels/app',
  '/metadata/labels',
  '/metadata/annotations',
  '/metadata/annotations/note',
  '/metadata/namespace',
  '/spec',
  '/spec/x',
  '/spec/x/0',
  '/spec/x/-',
  '/spec/replicas',
  '/spec/template/spec/containers/0',
  '/spec/template/spec/containers/-',
  '/spec/template/spec/containers/-1',
  '/spec/containers/0/image',
  '/data/k',
  '/new',
  '/new/0',
  '/new/-',
  '/new/1',
  '/new/-1',
] as const;

/** Mostly operations on what the first one makes, so that most patches apply. */
function operations(random: Random): Tree {
  const first = {
    op: 'add',
    path: '/new',
    value: random.chance(0.5) ? [scalar(random), scalar(random)] : labels(random),
  };
  const made = (): Tree => operation(random, Array.isArray(first.value) ? listPaths : mapPaths);
  return [first, ...random.times(2, () => (random.chance(0.85) ? made() : operation(random, paths)))];
}

const listPaths = ['/new', '/new/0', '/new/-', '/new/1', '/new/-1', '/metadata/name'] as const;
const mapPaths = ['/new', '/new/app', '/new/tier', '/new/x~1y', '/metadata/name', '/metadata/labels'] as const;

function operation(random: Random, choices: readonly [string, ...string[]]): Tree {
  const op = random.pick(['add', 'add', 'add', 'replace', 'replace', 'remove', 'test', 'copy', 'move']);
  const value = random.chance(0.7)
    ? scalar(random)
    : random.chance(0.5)
      ? labels(random)
      : ([scalar(random), scalar(random)] as Tree);
  const path = random.pick(choices);
  // Annotations hold what kustomize notes for itself, which would show where they are copied to.
  const picked = random.pick(choices);
  const from = picked === '/metadata/annotations' ? '/new' : picked;
  if (op === 'copy' || op === 'move')
    return {
      op,
      path: path === '/metadata/name' ? '/new2' : path,
      from: from === '/metadata/name' && op === 'move' ? '/new' : from,
    };
  if (path === '/metadata/name') return { op: 'replace', path, value: random.pick(names) };
  return { op, path, ...(op !== 'remove' && random.chance(0.95) && { value }) };
}
