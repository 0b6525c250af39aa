import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schemasOfCrd, type DefinedKind } from '../../../server/validation/crd';
import { validateObject } from '../../../server/validation/metadata';
import { lines, valueOf } from './read';

const only = (kinds: readonly DefinedKind[]): DefinedKind => {
  assert.equal(kinds.length, 1);
  return kinds[0] as DefinedKind;
};

const widgets = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.org }
spec:
  group: example.org
  scope: Cluster
  names: { kind: Widget, plural: widgets }
  versions:
    - name: v2
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            metadata: { type: object, properties: { name: { type: string, maxLength: 3 } } }
            spec:
              type: object
              description: What the widget is made of.
              required: [size]
              properties:
                size: { x-kubernetes-int-or-string: true, anyOf: [{ type: integer }, { type: string }], pattern: "^[0-9]+$" }
                mode: { type: string, enum: [fast, slow], default: fast }
                free: { type: object, x-kubernetes-preserve-unknown-fields: true }
                template: { type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true }
                tags: { type: array, items: { type: string }, x-kubernetes-list-type: set }
                parts:
                  type: array
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [name]
                  items: { type: object, required: [name], properties: { name: { type: string } } }
                labels: { type: object, additionalProperties: { type: string, nullable: true } }
              x-kubernetes-validations: [{ rule: "true" }]
    - { name: v1, served: false, storage: false, deprecated: true }
`;

test('a definition gives one kind per version', () => {
  const kinds = schemasOfCrd(valueOf(widgets));
  assert.deepEqual(
    kinds.map((one) => ({ ...one, schema: undefined })),
    [
      {
        group: 'example.org',
        kind: 'Widget',
        plural: 'widgets',
        scope: 'Cluster',
        version: 'v2',
        served: true,
        deprecated: false,
        schema: undefined,
      },
      {
        group: 'example.org',
        kind: 'Widget',
        plural: 'widgets',
        scope: 'Cluster',
        version: 'v1',
        served: false,
        deprecated: true,
        schema: undefined,
      },
    ],
  );
  assert.equal(kinds[0]?.schema.properties?.['spec']?.description, 'What the widget is made of.');
});

test('objects are judged by the definition', () => {
  const [v2, v1] = schemasOfCrd(valueOf(widgets));
  const judge = (spec: string, schema = v2?.schema) =>
    lines(
      validateObject(
        schema,
        valueOf(`{ apiVersion: example.org/v2, kind: Widget, metadata: { name: long }, ${spec} }`),
      ),
    );
  assert.deepEqual(judge('spec: { size: 1, free: { any: [1] }, labels: { a: null } }'), []);
  assert.deepEqual(judge('spec: { size: "12", tags: [a, b], parts: [{ name: a }, { name: b }] }'), []);
  assert.deepEqual(judge('spec: { size: x1 }'), ['pattern value spec.size']);
  assert.deepEqual(judge('spec: { size: 1, tags: [a, a], parts: [{ name: a }, { name: a }] }'), [
    'duplicate-item value spec.parts[1]',
    'duplicate-item value spec.tags[1]',
  ]);
  assert.deepEqual(judge('spec: { mode: quick, colour: red, template: { kind: Pod } }, status: { ready: true }'), [
    'enum value spec.mode',
    'missing-required key spec size',
    'missing-required key spec.template apiVersion',
    'unknown-field key spec.colour',
    'unknown-field key status',
  ]);
  assert.deepEqual(judge('anything: 1', v1?.schema), []);
});

test('v1beta1: one schema for all versions, unknown fields kept unless told otherwise', () => {
  const crd = (more: string): DefinedKind =>
    only(
      schemasOfCrd(
        valueOf(`
apiVersion: apiextensions.k8s.io/v1beta1
kind: CustomResourceDefinition
spec:
  group: example.org
  version: v1alpha1
  names: { kind: Widget, plural: widgets }
  ${more}
  validation: { openAPIV3Schema: { properties: { spec: { type: object, properties: { a: { type: string } } } } } }`),
      ),
    );
  const object = valueOf(
    '{ apiVersion: example.org/v1alpha1, kind: Widget, metadata: { name: a }, spec: { a: 1, b: 1 } }',
  );
  assert.equal(crd('scope: Namespaced').version, 'v1alpha1');
  assert.deepEqual(lines(validateObject(crd('').schema, object)), ['type value spec.a']);
  assert.deepEqual(lines(validateObject(crd('preserveUnknownFields: false').schema, object)), [
    'type value spec.a',
    'unknown-field key spec.b',
  ]);
});

test('what is no definition gives nothing, and a broken one no exception', () => {
  const texts = [
    '[]',
    '{ kind: CustomResourceDefinition }',
    '{ apiVersion: v1, kind: CustomResourceDefinition, spec: { group: a, names: { kind: A, plural: as } } }',
    '{ apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, spec: { group: a, names: 1, versions: 1 } }',
    '{ apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, spec: { group: a, names: { kind: A, plural: as }, versions: [1, {}] } }',
  ];
  for (const text of texts) assert.deepEqual(schemasOfCrd(valueOf(text)), [], text);
  const odd = `{ apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, spec: { group: a, names: { kind: A, plural: as },
    versions: [{ name: v1, schema: { openAPIV3Schema: { type: [object], properties: { a: null, b: 1 }, required: a, anyOf: {}, minLength: x } } }] } }`;
  const { schema } = only(schemasOfCrd(valueOf(odd)));
  assert.deepEqual(
    lines(validateObject(schema, valueOf('{ apiVersion: a/v1, kind: A, metadata: { name: a }, a: 1, b: 2 }'))),
    [],
  );
});
