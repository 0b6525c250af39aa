// @ts-check
// What it costs to know where every field comes from: the same builds with that left out.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { nodeOptions } from '../esbuild-options.mjs';
import { median } from './statistics.mjs';

const project = join(import.meta.dirname, '..', '..');
const exported = `
export { createNodeFiles } from './server/host/node-files';
export { createNodeClock } from './server/host/node-clock';
export { createNodeLog } from './server/host/node-log';
export { finish } from './server/model/steps';
export { createWorkspace } from './server/workspace/workspace';
`;

/** What is left out: offsets of values, what a transformer put there, and the comparison of objects with their files. */
const leftOut = [
  [
    'server/build/kustomize/read/to-node.ts',
    "return this.isInline || typeof this.base !== 'number' ? this.base : this.base + offset;",
    'return this.base;',
  ],
  [
    'server/build/kustomize/kustomization-context.ts',
    'return { field, ...this.#at(path), previous };',
    'return previous ?? 0;',
  ],
  [
    'server/build/field-changes.ts',
    'const document = this.read(file, declared.document);',
    'if (this.read) return [];',
  ],
];

/** @param {string} outfile @param {boolean} hasOrigins */
async function bundle(outfile, hasOrigins) {
  /** @type {import('esbuild').Plugin} */
  const without = {
    name: 'without-origins',
    setup({ onLoad }) {
      for (const [file = '', text = '', instead = ''] of leftOut) {
        const filter = new RegExp(`${file.replaceAll('.', '\\.')}$`);
        onLoad({ filter }, () => {
          const source = readFileSync(join(project, file), 'utf8');
          if (!source.includes(text)) throw new Error(`${file} has changed: write anew what is left out of it`);
          return { contents: source.replace(text, instead), loader: 'ts' };
        });
      }
    },
  };
  await build({
    ...nodeOptions,
    stdin: { contents: exported, resolveDir: project, sourcefile: 'provenance.ts', loader: 'ts' },
    outfile,
    absWorkingDir: project,
    plugins: hasOrigins ? [] : [without],
  });
}

/**
 * Time and kept heap of building a repository, against the same without origins; in turns, each in a process of its own.
 * @param {import('./bench.mjs').Bench} bench @param {{ cache: string, name: string, root: string, rounds: number }} options
 */
export async function provenance(bench, { cache, name, root, rounds }) {
  const script = join(import.meta.dirname, 'build-cost.cjs');
  const programs = [true, false].map((hasOrigins) => join(cache, `provenance-${hasOrigins ? 'on' : 'off'}.cjs`));
  for (const [index, program] of programs.entries()) await bundle(program, index === 0);
  const runs = programs.map(() => /** @type {{ cpu: number, heap: number }[]} */ ([]));
  for (let round = 0; round < rounds; round++) {
    for (const [index, program] of programs.entries()) {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', script, program, root], {
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`the build could not be measured: ${stderr.slice(-2000)}`);
      runs[index]?.push(JSON.parse(stdout));
    }
  }
  const [on = [], off = []] = runs;
  const goals = { must: 2, stretch: 1.5 };
  const cpu = (/** @type {{ cpu: number }[]} */ all) => [median(all.map((one) => one.cpu))];
  const heap = (/** @type {{ heap: number }[]} */ all) => [median(all.map((one) => one.heap / 1024 / 1024))];
  bench.compare(`builds with origins against the same without, ${name}, CPU`, cpu(on), cpu(off), {
    unit: 'ms',
    ...goals,
  });
  bench.compare(`the same, kept heap with index`, heap(on), heap(off), { unit: 'MiB', ...goals });
}
