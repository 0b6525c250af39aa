import { type Fields, type Layer } from './feature-tree';
import { type Tree, writeDocument } from './yaml-tree';

/** `configurations`, `crds` and `openapi`: what a kustomization says of kinds that kustomize does not know. */
export function customFields({ random, write, isRoot }: Layer): Fields {
  const fields: Fields = {};
  if (random.chance(0.12)) {
    write('configuration.yaml', writeDocument(configuration()));
    fields['configurations'] = random.chance(0.96) ? ['configuration.yaml'] : ['absent.yaml'];
  }
  if (random.chance(0.1)) {
    write('crds.json', JSON.stringify(definitions));
    fields['crds'] = random.chance(0.96) ? ['crds.json'] : ['absent.json'];
  }
  if (random.chance(isRoot ? 0.08 : 0.03)) {
    write('schema.json', JSON.stringify(schema));
    fields['openapi'] = random.chance(0.9)
      ? { path: 'schema.json' }
      : random.pick<Tree>([{ version: 'v1.21.2' }, { path: 'absent.json' }]);
  }
  return fields;

  function configuration(): Tree {
    const choices: Record<string, Tree> = {
      nameReference: [{ kind: 'Deployment', fieldSpecs: [{ kind: 'Thing', path: 'spec/target' }] }],
      images: [{ kind: 'Thing', path: 'spec/image' }],
      namespace: [{ kind: 'Thing', path: 'spec/namespace', create: 'true' }],
      namePrefix: [{ kind: 'Thing', path: 'spec/target' }],
      commonLabels: [{ kind: 'Thing', path: 'spec/labels', create: 'true' }],
      commonAnnotations: [{ kind: 'Thing', path: 'spec/annotations', create: random.pick(['true', 'false']) }],
      replicas: [{ kind: 'Thing', path: 'spec/count', create: 'true' }],
      varReference: [{ kind: 'Thing', path: 'spec/target' }],
      unknownField: [],
    };
    return Object.fromEntries(
      Object.entries(choices).filter(([key]) => random.chance(key === 'unknownField' ? 0.03 : 0.35)),
    );
  }
}

const definitions = {
  'org.example.v1.Thing': {
    Schema: {
      properties: {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: { type: 'object' },
        spec: {
          properties: {
            target: {
              type: 'string',
              'x-kubernetes-object-ref-api-version': 'apps/v1',
              'x-kubernetes-object-ref-kind': 'Deployment',
            },
          },
        },
      },
      'x-kubernetes-group-version-kind': [{ group: 'example.org', kind: 'Thing', version: 'v1' }],
    },
    Dependencies: [],
  },
};

const schema = {
  definitions: {
    'v1.Thing': {
      properties: {
        spec: {
          properties: {
            list: {
              type: 'array',
              items: { properties: { name: { type: 'string' }, value: { type: 'integer' } } },
              'x-kubernetes-patch-merge-key': 'name',
              'x-kubernetes-patch-strategy': 'merge',
            },
          },
        },
      },
      'x-kubernetes-group-version-kind': [{ group: 'example.org', kind: 'Thing', version: 'v1' }],
    },
  },
};
