// @ts-check
// What real kustomize takes for a repository: the CPU of one process for each folder that it builds.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const version = 'v5.8.1';

/**
 * The binary, built once into the bench's own folder.
 * @param {string} cache
 * @returns {{ program: string } | { reason: string }}
 */
export function installKustomize(cache) {
  const folder = join(cache, 'kustomize');
  const program = join(folder, 'kustomize');
  if (existsSync(program)) return { program };
  mkdirSync(folder, { recursive: true });
  const { status, error, stderr } = spawnSync('go', ['install', `sigs.k8s.io/kustomize/kustomize/v5@${version}`], {
    env: { ...process.env, GOBIN: folder },
    encoding: 'utf8',
  });
  if (status === 0) return { program };
  return {
    reason: error === undefined ? `Go could not build it: ${stderr.trim().split('\n').at(-1)}` : 'there is no Go',
  };
}

/**
 * Milliseconds of CPU over all folders with a kustomization that is no component.
 * @param {string} program
 * @param {string} root
 * @param {number} most folders that are really built, spread evenly; the sum is scaled up to all of them
 * @returns {{ cpu: number, folders: number, built: number }}
 */
export function kustomizeCpu(program, root, most = Infinity) {
  const folders = readdirSync(root, { recursive: true })
    .map(String)
    .filter((file) => /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(file) && !file.startsWith('.git/'))
    .filter((file) => !/^kind: Component$/m.test(readFileSync(join(root, file), 'utf8')))
    .map((file) => dirname(file))
    .sort();
  const step = Math.max(1, folders.length / most);
  const built = folders.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  const builds =
    'for folder; do "$0" build --load-restrictor LoadRestrictionsNone "$folder" >/dev/null 2>&1; done; times';
  const { stdout } = spawnSync('sh', ['-c', builds, program, ...built], {
    cwd: root,
    encoding: 'utf8',
    // Remote bases are refused, as we refuse them.
    env: {
      ...process.env,
      HTTPS_PROXY: 'http://127.0.0.1:1',
      HTTP_PROXY: 'http://127.0.0.1:1',
      GIT_ALLOW_PROTOCOL: 'none',
    },
  });
  // The second line of `times` is that of the children.
  const times = [...(stdout.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  const cpu = times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0);
  return { cpu: (cpu * folders.length) / built.length, folders: folders.length, built: built.length };
}
