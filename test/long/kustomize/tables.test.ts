import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultFieldSpecs as specs } from '../../../server/build/kustomize/tables/field-specs';
import { knownKinds, type MergeShape, mergeShapeOf } from '../../../server/build/kustomize/tables/merge-keys';
import { type FieldSpec } from '../../../server/build/kustomize/transformer-config';
import { buildWithEngine, buildWithTool, findKustomize, withTree } from './real-kustomize';
import { type Tree, writeDocument } from './yaml-tree';

const tool = findKustomize();

type Fields = Record<string, Tree>;

/** A value at a path, every list on the way with one item. */
function nest(path: readonly string[], value: Tree): Tree {
  const [step = '', ...rest] = path;
  if (path.length === 0) return value;
  const inner = nest(rest, value);
  const isList = /(?:\[\]|IgnoredDuringExecution|Constraints|^from|^to|^ingress|^egress)$/.test(step);
  return { [step.replace('[]', '')]: isList ? [inner] : inner };
}

function merge(a: Tree, b: Tree): Tree {
  if (typeof a === 'string' || typeof b === 'string' || Array.isArray(a) || Array.isArray(b)) return b;
  const merged: Fields = { ...(a as Fields) };
  for (const [key, value] of Object.entries(b))
    merged[key] = merged[key] === undefined ? value : merge(merged[key], value);
  return merged;
}

/**
 * Objects that a row may touch: of its group, version and kind and of others, each once with the field and once
 * without anything.
 */
function objectsFor(row: FieldSpec, index: number, value: Tree): Tree[] {
  const kind = row.kind === '' ? 'Thing' : row.kind;
  const versions = new Set([
    `${row.group === '' ? '' : `${row.group}/`}${row.version === '' ? 'v1' : row.version}`,
    'apps/v1',
    'other.example/v1',
    'v1',
    'v7',
  ]);
  return [...versions].flatMap((apiVersion, at) =>
    (row.path === 'metadata/name' ? [false] : [true, false]).map((isThere) => {
      const name = `r${String(index)}-${String(at)}-${isThere ? 'full' : 'bare'}`;
      const bare = { apiVersion, kind, metadata: { name } };
      return isThere ? merge(nest(row.path.split('/'), value), bare) : bare;
    }),
  );
}

const tables: readonly (readonly [string, readonly FieldSpec[], Tree, Fields])[] = [
  ['commonLabels', specs.commonLabels, { before: 'x' }, { commonLabels: { added: 'value' } }],
  [
    'templateLabels',
    specs.templateLabels,
    { before: 'x' },
    { labels: [{ pairs: { added: 'value' }, includeTemplates: 'true' }] },
  ],
  ['commonAnnotations', specs.commonAnnotations, { before: 'x' }, { commonAnnotations: { added: 'value' } }],
  ['images', specs.images, 'app:1', { images: [{ name: 'app', newTag: '"2"' }] }],
  ['namespace', specs.namespace, 'before', { namespace: 'shop' }],
  ['names', specs.namePrefix, 'x', { namePrefix: 'p-', nameSuffix: '-s' }],
];

function compare(files: ReadonlyMap<string, string>): void {
  withTree(files, (root) => {
    assert.ok(tool !== undefined);
    const [expected, found] = [buildWithTool(tool, root), buildWithEngine(root)];
    assert.ok('text' in expected, 'error' in expected ? expected.error : '');
    assert.deepEqual(found, expected);
  });
}

function files(kustomization: Fields, objects: readonly Tree[]): ReadonlyMap<string, string> {
  return new Map([
    ['kustomization.yaml', writeDocument({ resources: ['objects.yaml'], ...kustomization })],
    ['objects.yaml', objects.map(writeDocument).join('---\n')],
  ]);
}

/** An object in which every list that is merged has two items, each with all that is known below it. */
function full(shape: MergeShape, names: readonly [string, string], extra: string): Fields {
  const fields: Fields = {};
  for (const [field, { keys, shape: below }] of shape) {
    const inner = below === undefined ? {} : full(below, names, extra);
    if (keys === undefined) fields[field] = inner;
    else if (keys.length === 0) fields[field] = names;
    else
      fields[field] = names.map((name) => ({
        ...Object.fromEntries(keys.map((key) => [key, name])),
        [extra]: name,
        ...inner,
      }));
  }
  return fields;
}

if (tool === undefined) {
  console.log('skipped: kustomize 5.8.1 is not there (set KUSTOMIZE)');
} else {
  describe('tables against kustomize 5.8.1', () => {
    for (const [name, rows, value, kustomization] of tables) {
      test(`${name}: ${String(rows.length)} rows`, () => {
        compare(
          files(
            kustomization,
            rows.flatMap((row, index) => objectsFor(row, index, value)),
          ),
        );
      });
    }

    test(`replicas: ${String(specs.replicas.length)} rows`, () => {
      const rows = specs.replicas.map(({ kind }) => kind);
      const objects = [...rows, 'DaemonSet', 'Thing'].flatMap((kind) =>
        ['apps/v1', 'v1', 'other.example/v1'].map((apiVersion) => ({
          apiVersion,
          kind,
          metadata: { name: 'a' },
          spec: {},
        })),
      );
      compare(files({ replicas: [{ name: 'a', count: '5' }] }, objects));
    });

    test(`merge keys: ${String(knownKinds().length)} kinds`, () => {
      const objects: Tree[] = [];
      const patches: Tree[] = [];
      for (const kind of [...knownKinds(), 'autoscaling/v2 HorizontalPodAutoscaler', 'apps/v1beta1 Deployment']) {
        const [apiVersion = '', kindName = ''] = kind.split(' ');
        const shape = mergeShapeOf(apiVersion, kindName) ?? mergeShapeOf('apps/v1', 'Deployment');
        assert.ok(shape !== undefined);
        const head = { apiVersion, kind: kindName, metadata: { name: kindName.toLowerCase() } };
        objects.push(merge(full(shape, ['a', 'b'], 'kept'), head));
        patches.push({
          patch: `|-\n  ${writeDocument(merge(full(shape, ['b', 'c'], 'added'), head))
            .trimEnd()
            .replaceAll('\n', '\n  ')}`,
        });
      }
      compare(files({ patches }, objects));
    });

    test('cluster-scoped kinds', () => {
      // Every kind the schema knows, and some it does not.
      const kinds = [
        ...knownKinds(),
        'gateway.networking.k8s.io/v1 GatewayClass',
        'v1 NodeProxyOptions',
        'v2 Node',
        'policy/v1 PodSecurityPolicy',
      ];
      const objects = kinds.map((text) => {
        const [apiVersion = '', kind = ''] = text.split(' ');
        return { apiVersion, kind, metadata: { name: kind.toLowerCase() } };
      });
      compare(files({ namespace: 'shop' }, objects));
    });

    test('namespaced kinds', () => {
      // A schema that says of every kind that it has no namespace, which counts where kustomize knows none.
      const kinds = [...knownKinds(), 'example.org/v1 Thing', 'apps/v2 Deployment', 'v1 PodExecOptions'];
      const paths: Record<string, object> = {};
      const objects = kinds.map((text) => {
        const [apiVersion = '', kind = ''] = text.split(' ');
        const [version = '', group = ''] = apiVersion.split('/').reverse();
        paths[`/${text}`] = { get: { 'x-kubernetes-group-version-kind': { group, version, kind } } };
        return { apiVersion, kind, metadata: { name: kind.toLowerCase() } };
      });
      const tree = new Map(files({ namespace: 'shop', openapi: { path: 'schema.json' } }, objects));
      compare(tree.set('schema.json', JSON.stringify({ definitions: {}, paths })));
    });
  });
}
