import { type Fields, type Layer } from './feature-tree';
import { type Tree, writeDocument } from './yaml-tree';

/** `generators`, `transformers` and `validators` of built-in kinds. */
export function pluginFields(layer: Layer): Fields {
  const { random, write } = layer;
  const fields: Fields = {};
  if (random.chance(0.1)) {
    write('generator.yaml', writeDocument(generator(layer)));
    fields['generators'] = ['generator.yaml'];
  }
  if (random.chance(0.2)) {
    const all = [transformer(layer), ...random.times(1, () => transformer(layer))];
    write('transformer.yaml', all.map(writeDocument).join('---\n'));
    fields['transformers'] = random.chance(0.97) ? ['transformer.yaml'] : ['absent.yaml'];
  }
  if (random.chance(0.1)) {
    write('validator.yaml', writeDocument(validator(layer)));
    fields['validators'] = ['validator.yaml'];
  }
  return fields;
}

const plugin = (kind: string, name: string, fields: Fields): Tree => ({
  apiVersion: 'builtin',
  kind,
  metadata: { name },
  ...fields,
});

function generator({ random }: Layer): Tree {
  return random.chance(0.5)
    ? plugin('ConfigMapGenerator', 'by-plugin', { literals: ['a=b'] })
    : plugin('SecretGenerator', 'by-plugin', { literals: ['a=b'], type: 'Opaque' });
}

function transformer({ random, names }: Layer): Tree {
  const name = names[random.count(names.length - 1)] ?? 'web';
  const metadata = [{ path: 'metadata/labels', create: 'true' }];
  const choices: Record<string, () => Fields> = {
    PrefixTransformer: () => ({ prefix: 't-', fieldSpecs: [{ path: 'metadata/name' }] }),
    SuffixTransformer: () => ({ suffix: '-t', fieldSpecs: [{ path: 'metadata/name', kind: 'Deployment' }] }),
    LabelTransformer: () => ({ labels: { by: 'plugin' }, fieldSpecs: metadata }),
    AnnotationsTransformer: () => ({
      annotations: { by: 'plugin' },
      fieldSpecs: [{ path: 'metadata/annotations', create: 'true' }],
    }),
    NamespaceTransformer: () => ({
      fieldSpecs: [{ path: 'metadata/namespace', create: 'true' }],
      ...(random.chance(0.3) && { unsetOnly: 'true' }),
      ...(random.chance(0.2) && { setRoleBindingSubjects: random.pick(['none', 'allServiceAccounts', 'defaultOnly']) }),
    }),
    ImageTagTransformer: () => ({
      imageTag: { name: 'app', newTag: 'v7' },
      fieldSpecs: [{ path: 'spec/template/spec/containers/image' }, { path: 'spec/image', kind: 'Thing' }],
    }),
    ReplicaCountTransformer: () => ({
      replica: { name, count: '6' },
      fieldSpecs: [{ path: 'spec/replicas', kind: 'Deployment', create: 'true' }],
    }),
    PatchTransformer: () => ({
      patch: '|-\n  - {op: add, path: /spec/x, value: 1}',
      target: { kind: random.chance(0.95) ? 'Deployment' : 'Absent' },
    }),
    PatchJson6902Transformer: () => ({
      jsonOp: '|-\n  - {op: add, path: /spec/y, value: 2}',
      target: { group: 'apps', version: 'v1', kind: 'Deployment', name },
    }),
    PatchStrategicMergeTransformer: () => ({
      patches: `|-\n  {apiVersion: apps/v1, kind: Deployment, metadata: {name: ${name}}, spec: {z: 3}}`,
    }),
    ValueAddTransformer: () => ({
      value: 'added',
      targets: [{ selector: { kind: 'Deployment' }, fieldPath: random.pick(['metadata/annotations/v', 'spec/added']) }],
    }),
    ReplacementTransformer: () => ({
      replacements: [
        {
          source: { kind: 'Deployment', name, fieldPath: 'metadata.name' },
          targets: [
            { select: { kind: 'Deployment' }, fieldPaths: ['metadata.annotations.r'], options: { create: 'true' } },
          ],
        },
      ],
    }),
    HashTransformer: () => ({}),
    UnknownTransformer: () => ({}),
  };
  const kinds = Object.keys(choices);
  const kind = kinds[random.count(kinds.length - (random.chance(0.2) ? 1 : 2))] ?? 'PrefixTransformer';
  const fields = choices[kind]?.() ?? {};
  const isNamespace = kind === 'NamespaceTransformer';
  return {
    apiVersion: 'builtin',
    kind,
    metadata: { name: `t${String(random.count(99))}`, ...(isNamespace && { namespace: 'by-plugin' }) },
    ...fields,
  };
}

function validator(layer: Layer): Tree {
  // A transformer that changes nothing is a validator that accepts.
  return layer.random.chance(0.7)
    ? plugin('LabelTransformer', 'v', { labels: {}, fieldSpecs: [{ path: 'metadata/labels' }] })
    : plugin('LabelTransformer', 'v', {
        labels: { a: 'b' },
        fieldSpecs: [{ path: 'metadata/labels', create: 'true' }],
      });
}
