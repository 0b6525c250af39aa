import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildKustomization, emitBuild } from '../../../server/build/kustomize/build';
import { isFault } from '../../../server/build/kustomize/fault';
import { rangeOfStep, traceOrigin } from '../../../server/build/kustomize/trace-origin';
import { memoryFiles } from '../../support/memory-files';

const map = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: b\n`;

/** What is rendered of a tree when faults do not end the build: names, and code and place of every hole. */
function partial(files: Readonly<Record<string, string>>) {
  const result = buildKustomization({ files: memoryFiles(files), directory: '', reorder: 'none', keepsGoing: true });
  assert.equal(result.kind, 'built');
  const output = emitBuild(result);
  assert.ok(!isFault(output));
  return {
    names: [...output.text.matchAll(/^ {2}name: (.+)$/gm)].map(([, name]) => name),
    holes: result.holes.map(({ reason, fault }) => `${reason} ${fault.code} ${fault.file} ${fault.path.join('/')}`),
  };
}

describe('a build that goes on', () => {
  test('renders the rest beside a remote base', () => {
    const files = { 'kustomization.yaml': 'resources: ["https://github.com/o/r?ref=1", a.yaml]\n', 'a.yaml': map('a') };
    const holes = ['remote resource-remote kustomization.yaml resources/0'];
    assert.deepEqual(partial(files), { names: ['a'], holes });
  });

  test('names the place inside a base', () => {
    const files = {
      'kustomization.yaml': 'resources: [base, b.yaml]\nnamePrefix: p-\n',
      'base/kustomization.yaml': 'resources: [gone.yaml, a.yaml]\n',
      'base/a.yaml': map('a'),
      'b.yaml': map('b'),
    };
    const holes = ['fault resource-missing base/kustomization.yaml resources/0'];
    assert.deepEqual(partial(files), { names: ['p-a', 'p-b'], holes });
  });

  test('applies the other patches', () => {
    const patch = (name: string): string =>
      `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}, data: {x: text}}`;
    const files = {
      'kustomization.yaml': `resources: [a.yaml]\npatches:\n  - patch: "${patch('gone')}"\n  - patch: "${patch('a')}"\n`,
      'a.yaml': map('a'),
    };
    const { names, holes } = partial(files);
    assert.deepEqual([names, holes.length], [['a'], 1]);
    const result = buildKustomization({ files: memoryFiles(files), directory: '', reorder: 'none', keepsGoing: true });
    const output = result.kind === 'built' ? emitBuild(result) : undefined;
    assert.ok(output !== undefined && !isFault(output) && output.text.includes('  x: text\n'));
  });

  test('goes on behind a cycle, a component that is missing and helm charts', () => {
    const files = {
      'kustomization.yaml': 'resources: [., a.yaml]\ncomponents: [gone]\nhelmCharts: [{name: x}]\n',
      'a.yaml': map('a'),
    };
    const { names, holes } = partial(files);
    assert.deepEqual(names, ['a']);
    assert.deepEqual(
      holes.map((hole) => hole.split(' ')[1]),
      ['resource-cycle', 'helm-charts', 'resource-missing'],
    );
  });

  test('fails all the same where there is no kustomization', () => {
    const files = memoryFiles({ 'a.yaml': map('a') });
    const result = buildKustomization({ files, directory: '', reorder: 'none', keepsGoing: true });
    assert.equal(result.kind, 'failed');
  });
});

describe('origins', () => {
  const files = memoryFiles({
    'kustomization.yaml': 'resources: [base]\nnamePrefix: p-\n',
    'base/kustomization.yaml': 'resources: [a.yaml]\nnameSuffix: -s\n',
    'base/a.yaml': map('a'),
  });
  const result = buildKustomization({ files, directory: '', reorder: 'none' });
  const output = result.kind === 'built' ? emitBuild(result) : undefined;

  const stepsAt = (text: string): string[] => {
    assert.ok(result.kind === 'built' && output !== undefined && !isFault(output));
    const at = output.text.indexOf(text);
    const index = output.offsets.findLastIndex((offset) => offset <= at);
    return traceOrigin(result.origins, output.origins[index] ?? 0).map((step) => {
      const start = rangeOfStep(files, step)?.start;
      return `${step.file}:${String(start?.line)}:${String(start?.character)} ${step.kind === 'caused' ? step.field : ''}`;
    });
  };

  test('say what changed a value, the last first', () => {
    assert.deepEqual(stepsAt('p-a-s'), [
      'kustomization.yaml:1:12 namePrefix',
      'base/kustomization.yaml:1:12 nameSuffix',
      'base/a.yaml:3:8 ',
    ]);
  });

  test('say where an untouched value is written', () => assert.deepEqual(stepsAt('b\n'), ['base/a.yaml:5:5 ']));
});
