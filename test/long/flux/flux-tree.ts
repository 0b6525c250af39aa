import { type Random } from '../kustomize/random';
import { type FileTree, image, labelMap, makeTree, patch } from '../kustomize/transformer-tree';
import { type Tree, writeDocument } from '../kustomize/yaml-tree';

/** A repository with one Flux Kustomization, what it applies, and what it takes variables from. */
export interface FluxTree {
  readonly files: FileTree;
  readonly owner: string;
  readonly sources: readonly string[];
  readonly strict: boolean;
}

/** Folder in the repository that is applied. */
export const folder = 'app';

const expressions = [
  '${A}',
  '${B}',
  'x-${A}',
  '${A}${B}',
  '${NONE}',
  '${NONE:=fallback}',
  '${B:-"7"}',
  '"${C}"',
  "'${A}'",
  '$${A}',
  '$A',
  '${A^^}',
  '${C//e/i}',
  '${A[0]}',
  '|-\n  first ${A}\n  ${B}',
  '>-\n  folded ${C}\n  ${A}',
  '"${Q}${B}${Q}"',
] as const;

const values = [
  'text',
  '"5"',
  "'true'",
  '""',
  '"a: b"',
  '"two\\nlines\\n"',
  '"null"',
  '"1e3"',
  '"0x10"',
  '"- x"',
  '"it\'s"',
  '" padded "',
  '"#c"',
  '"{a: 1}"',
  '"[x"',
  '"é"',
] as const;

/** Keys of labels and annotations that YAML takes for something else, in quotes and without. */
const oddKeys = ['5', '"5"', '"6"', '0x1F', '"0x1F"', '2020-01-01', '"2020-01-02"', '"true"', '"1.5"', '7'] as const;

export function makeFluxTree(random: Random): FluxTree {
  const strict = random.chance(0.3);
  const files = new Map([...makeTree(random)].map(([path, text]) => [`${folder}/${path}`, strewn(random, path, text)]));
  const root = `${folder}/kustomization.yaml`;
  if (random.chance(0.15)) files.delete(root);
  else if (random.chance(0.1)) files.set(root, `unknownField: x\n${files.get(root) ?? ''}`);
  else if (random.chance(0.05)) files.set(root, 'components:\n- ../component\n');
  files.set('component/kustomization.yaml', component(random));
  files.set('component/extra.yaml', 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: extra\nstringData:\n  k: ${A}\n');
  const sources = [
    writeDocument(source('ConfigMap', 'settings', random)),
    writeDocument(source('Secret', 'secrets', random)),
  ];
  return { files, owner: writeDocument(owner(random, strict)), sources, strict };
}

/** Some plain values of the objects become expressions, and some keys are no text. */
function strewn(random: Random, path: string, text: string): string {
  if (path.endsWith('kustomization.yaml')) return text;
  return text
    .split('\n')
    .map((line) => {
      const labeled = /^( +)(?:app|tier|team|note):(?= )/.exec(line);
      if (labeled !== null && random.chance(0.02)) {
        return `${labeled[1] ?? ''}${random.pick(oddKeys)}:${line.slice(labeled[0].length)}`;
      }
      const found = /^( *(?:- )?)([\w./-]+): (?:text|web|api|x|other text|"5")$/.exec(line);
      if (found === null || !random.chance(0.4)) return line;
      const [, indent = '', key = ''] = found;
      const below = ' '.repeat(indent.length);
      return `${indent}${key}: ${random.pick(expressions).replaceAll('\n', `\n${below}`)}`;
    })
    .join('\n');
}

function component(random: Random): string {
  return writeDocument({
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    ...(random.chance(0.7) && { resources: ['extra.yaml'] }),
    ...(random.chance(0.5) && { namePrefix: 'c-' }),
  });
}

function source(kind: string, name: string, random: Random): Tree {
  const data = Object.fromEntries(
    ['A', 'B', 'C', ...random.some(['D', 'bad-name'], 0.05)].map((key) => [key, random.pick(values)]),
  );
  return {
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace: 'flux-system' },
    [kind === 'Secret' ? 'stringData' : 'data']: data,
  };
}

/** `isRecent`: of a release that knows all fields. */
function owner(random: Random, isRecent: boolean): Tree {
  const id = { apiVersion: 'v1', kind: 'ConfigMap', name: random.pick(['a', 'b', 'web']), namespace: '' };
  const fields: Record<string, () => Tree> = {
    targetNamespace: () => random.pick(['shop', 'other']),
    namePrefix: () => 'fp-',
    nameSuffix: () => '-fs',
    patches: () => [patch(random, id), ...random.times(1, () => patch(random, id))],
    images: () => [image(random), ...random.times(1, () => image(random))],
    components: () => random.pick([['../component'], ['../component', '../gone'], ['../component/', './base']]),
    ignoreMissingComponents: () => random.pick(['true', 'false']),
    commonMetadata: () => ({ labels: labelMap(random), annotations: labelMap(random) }),
    buildMetadata: () => random.pick([['originAnnotations'], ['managedByLabel', 'transformerAnnotations'], []]),
    postBuild: () => postBuild(random, isRecent),
  };
  const shares: Record<string, number> = { postBuild: 0.8, components: 0.3, ignoreMissingComponents: 0.5 };
  const spec = Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => random.chance(shares[key] ?? 0.2))
      .map(([key, make]) => [key, make()]),
  );
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'app', namespace: 'flux-system' },
    spec: {
      interval: '10m',
      path: `./${folder}`,
      prune: 'true',
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      ...spec,
    },
  };
}

function postBuild(random: Random, isRecent: boolean): Tree {
  return {
    ...(random.chance(0.7) && {
      substitute: Object.fromEntries(
        random.some(['A', 'B', 'C', 'Q', 'NONE'], 0.6).map((key) => [key, key === 'Q' ? "'\"'" : random.pick(values)]),
      ),
    }),
    ...(random.chance(0.5) && {
      substituteFrom: random.some(
        [
          { kind: 'ConfigMap', name: 'settings' },
          { kind: 'Secret', name: 'secrets' },
        ],
        0.8,
      ),
    }),
    ...(random.chance(0.3) && isRecent && { substituteStrategy: random.pick(['Always', 'WithVariables']) }),
  };
}
