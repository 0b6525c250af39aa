// @ts-check
// The command line over whole repositories: CPU of fresh processes beside what no program can go below.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withUnit } from './bench.mjs';
import { generateRepository } from './generate.mjs';
import { installKustomize, kustomizeCpu } from './kustomize.mjs';
import { growthExponent, median } from './statistics.mjs';

/** @typedef {{ cpu: number, resident: number, output: string }} Run milliseconds and MiB */

const reporter = join(import.meta.dirname, 'report-cpu.cjs');
const empty = ['--eval', '0'];
const walkAndRead = [join(import.meta.dirname, 'walk-and-read.cjs')];

/** @param {import('./bench.mjs').Bench} bench @param {{ cache: string, cli: string, trees: string, real: string, sizes: number[], rounds: number }} options */
export function repositoryChecks(bench, { cache, cli, trees, real, sizes, rounds }) {
  const bare = median(repeat(rounds + 2, () => run(empty).cpu));
  bench.note('floor: bare node start, CPU', withUnit(bare, 'ms'));
  const places = [
    ...(existsSync(real) ? [{ name: 'onedr0p/home-ops', root: real, size: 0 }] : []),
    ...sizes.map((size) => ({ name: `synthetic, ${size} files`, root: generateRepository(trees, size), size })),
  ];
  if (!existsSync(real)) bench.note('repository check, onedr0p/home-ops', '', 'skipped: its copy is not there');
  const kustomize = installKustomize(cache);
  if ('reason' in kustomize) bench.note('kustomize 5.8.1', '', `skipped: ${kustomize.reason}`);
  /** @type {[number, number][]} */
  const growth = [];
  for (const { name, root, size } of places) {
    const times = size > 10_000 ? 1 : rounds;
    const checks = repeat(times, () => run(checkOf(cli, root)));
    const files = filesIn(checks[0]?.output);
    const cpu = median(checks.map((check) => check.cpu));
    const floor = median(repeat(times, () => run([...walkAndRead, root]).cpu));
    const memory = withUnit(median(checks.map(({ resident }) => resident)), 'MiB');
    bench.note(
      `repository check, ${name}, CPU`,
      `${withUnit(cpu, 'ms')}, ${memory} at most`,
      `${withUnit(floor, 'ms')} to start, walk and read`,
    );
    if (size === 0) bench.note('the same, first run of a version, CPU', withUnit(firstRun(cli, root).cpu, 'ms'));
    if (size > 0) growth.push([files, cpu - bare]);
    if (size === 0 || size === 5000) {
      const goals = size === 0 ? { must: 1 / 2, stretch: 1 / 4 } : { must: 1 / 10, stretch: 1 / 30 };
      againstKustomize(bench, { name, root, cpu, isSampled: size > 0, kustomize, goals });
    }
  }
  const [small, large] = [growth[0], growth.at(-1)];
  if (small && large && large[0] > 2 * small[0]) {
    const isFull = large[0] > 10_000;
    bench.limit(
      `growth exponent of CPU, ${small[0]} to ${large[0]} files, start taken off`,
      growthExponent(small, large),
      {
        unit: '',
        ...(isFull && { must: 1.05, stretch: 0.95 }),
      },
    );
  }
}

/**
 * @param {import('./bench.mjs').Bench} bench
 * @param {{ name: string, root: string, cpu: number, isSampled: boolean, kustomize: ReturnType<typeof installKustomize>, goals: { must: number, stretch: number } }} check
 */
function againstKustomize(bench, { name, root, cpu, isSampled, kustomize, goals }) {
  if ('reason' in kustomize) return;
  const real = kustomizeCpu(kustomize.program, root, isSampled ? 90 : Infinity);
  const folders = isSampled ? `${real.folders} folders, scaled from ${real.built}` : `${real.folders} folders`;
  bench.compare(`repository check against kustomize build, ${name} (${folders}), CPU`, [cpu], [real.cpu], {
    unit: 'ms',
    ...goals,
  });
}

/** @type {<T>(times: number, make: () => T) => T[]} */
const repeat = (times, make) => Array.from({ length: times }, make);

/** @type {(output: string | undefined) => number} */
const filesIn = (output = '{}') => JSON.parse(output).summary?.files ?? 0;

/** @type {(cli: string, root: string) => string[]} */
const checkOf = (cli, root) => [cli, 'check', root, '--fail-on', 'none', '--format', 'json'];

/** A run that finds no bytecode of an earlier one (docs/decisions/0021). @param {string} cli @param {string} root */
function firstRun(cli, root) {
  const empty = mkdtempSync(join(tmpdir(), 'fluxwright-bench-'));
  const first = run(checkOf(cli, root), { ...process.env, XDG_CACHE_HOME: empty });
  rmSync(empty, { recursive: true, force: true });
  return first;
}

/** Runs a program of node to its end. @param {string[]} args @param {NodeJS.ProcessEnv} [env] @returns {Run} */
function run(args, env = process.env) {
  const { status, stdout, stderr, output } = spawnSync(process.execPath, ['--require', reporter, ...args], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}\n${stderr.slice(-2000)}`);
  return { ...JSON.parse(output[3] ?? '{}'), output: stdout };
}
