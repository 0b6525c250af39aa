import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { buildKustomization, emitBuild } from '../../../server/build/kustomize/build';
import { isFault, type EngineFault } from '../../../server/build/kustomize/fault';
import { createBuildFiles, type BuildFiles } from '../../../server/host/build-files';

const outputs = join('..', 'shared', 'oracle', 'kustomize-5.8.1');
const repositories = join('..', 'shared', 'repos');

/** What a fault of ours has to say where kustomize's own text says something. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/must specify --enable-helm/, 'helm-charts'],
  [/HelmChartInflationGenerator/, 'helm-charts'],
  [/https?:\/\/|github\.com/, 'resource-remote'],
  [/no such file or directory/, 'resource-missing'],
];

function render(files: BuildFiles, directory: string): string | EngineFault {
  const result = buildKustomization({ files, directory, reorder: 'legacy' });
  const output = result.kind === 'failed' ? result.fault : emitBuild(result);
  return isFault(output) ? output : output.text;
}

if (!existsSync(outputs) || !existsSync(repositories)) {
  console.log('skipped: the outputs of kustomize 5.8.1 or their repositories are not there');
} else {
  for (const repository of readdirSync(outputs)) {
    describe(repository, () => {
      const files = createBuildFiles(join(repositories, repository));
      for (const line of readFileSync(join(outputs, repository, 'index.tsv'), 'utf8').split('\n')) {
        const [name = '', state, detail = ''] = line.split('\t');
        if (state !== 'built' && state !== 'error') continue;
        const directory = name === '.' ? '' : name;
        test(name, () => {
          const output = render(files, directory);
          if (state === 'error') {
            assert.ok(isFault(output), 'kustomize refuses this');
            const meaning = meanings.find(([pattern]) => pattern.test(detail))?.[1];
            // The recorded text is cut: what it says first may be what fails last.
            if (meaning !== undefined && output.code !== meaning) assert.equal(output.code, 'resource-remote', detail);
            const partial = buildKustomization({ files, directory, reorder: 'none', keepsGoing: true });
            assert.ok(partial.kind === 'built' && partial.holes.length > 0, 'the rest is rendered beside a hole');
            return;
          }
          assert.equal(typeof output, 'string', JSON.stringify(output));
          assert.equal(output, readFileSync(join(outputs, repository, `${name === '.' ? 'root' : name}.yaml`), 'utf8'));
        });
      }
    });
  }
}
