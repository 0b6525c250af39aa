import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldHistory, isAvailable, schemaFor } from '../../../schemas/assemble';
import { type FieldTable } from '../../../schemas/field-table';

const both = { v1: '2.3+', v1beta1: '2.0-2.6' };
const table: FieldTable = {
  group: 'example.com',
  kind: 'Widget',
  fields: {
    spec: { in: both, type: 'object', description: 'All of it.' },
    'spec.mode': {
      in: both,
      type: 'string',
      required: { when: [[{ v1: '2.9+' }, true]] },
      enum: {
        when: [
          [{ v1: '2.8+' }, ['a', 'b']],
          [{ v1: '2.3-2.7', v1beta1: '2.0-2.6' }, ['a']],
        ],
      },
    },
    'spec.parts': { in: { v1: '2.3+' }, type: 'array', required: true },
    'spec.parts[]': { in: { v1: '2.3+' }, type: 'object' },
    'spec.parts[].name': { in: { v1: '2.3+' }, type: 'string', required: true },
    'spec.labels': { in: both, type: 'object', default: { when: 'always' } },
    'spec.labels.*': { in: both, type: 'string', scalar: 'cel' },
    'spec.old': { in: { v1beta1: '2.0-2.6' }, type: 'string', deprecated: 'Gone.' },
  },
};

test('the nested schema of one version and release', () => {
  assert.deepEqual(schemaFor(table, 'v1', '2.9'), {
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        description: 'All of it.',
        properties: {
          mode: { type: 'string', enum: ['a', 'b'] },
          parts: {
            type: 'array',
            items: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
          },
          labels: {
            type: 'object',
            default: { when: 'always' },
            additionalProperties: { type: 'string', scalar: 'cel' },
          },
        },
        required: ['mode', 'parts'],
      },
    },
  });
});

test('facts that vary follow the version and the release', () => {
  const spec = schemaFor(table, 'v1beta1', '2.6')?.properties?.['spec'];
  assert.ok(spec);
  assert.deepEqual(Object.keys(spec.properties ?? {}), ['mode', 'labels', 'old']);
  assert.deepEqual(spec.properties?.['mode'], { type: 'string', enum: ['a'] });
  assert.equal(spec.required, undefined);
  assert.deepEqual(schemaFor(table, 'v1', '2.7')?.properties?.['spec']?.required, ['parts']);
});

test('a version that a release does not serve has no schema', () => {
  assert.equal(schemaFor(table, 'v1beta1', '2.7'), undefined);
  assert.equal(schemaFor(table, 'v1', '2.2'), undefined);
  assert.equal(schemaFor(table, 'v2', '2.9'), undefined);
  assert.equal(schemaFor(table, 'constructor', '2.9'), undefined);
});

test('the same question has the same answer, with and without the group', () => {
  const schema = schemaFor(table, 'v1', '2.10');
  assert.equal(schemaFor(table, 'example.com/v1', '2.10'), schema);
  assert.notEqual(schemaFor(table, 'v1', '2.9'), schema);
});

test('the history of a field tells since when and in which versions', () => {
  assert.deepEqual(fieldHistory(table, 'spec.parts[].name'), { v1: '2.3+' });
  assert.equal(fieldHistory(table, 'spec.never'), undefined);
  assert.equal(fieldHistory(table, 'constructor'), undefined);
  assert.equal(isAvailable({ v1: '2.3+' }, 'example.com/v1', '2.2'), false);
  assert.equal(isAvailable({ '': '2.0+' }, '', '2.10'), true);
});

test('any name at the root', () => {
  const open: FieldTable = {
    group: '',
    kind: 'File',
    fields: { '.*': { in: { '': '2.0+' }, type: 'number' }, a: { in: { '': '2.0+' } } },
  };
  assert.deepEqual(schemaFor(open, '', '2.10'), {
    type: 'object',
    additionalProperties: { type: 'number' },
    properties: { a: {} },
  });
});
