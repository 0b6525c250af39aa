import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const folder = '../shared/real-cluster';
const programs = process.env['REAL_CLUSTER_BIN'] ?? join(homedir(), '.cache/real-cluster/bin');
const needed = [
  'kube-apiserver',
  'etcd',
  'kubectl',
  'flux',
  'kustomize-controller',
  'source-controller',
  'helm-controller',
];

/** Why there is no bench; undefined when it can be started. */
export function benchIsMissing(): string | undefined {
  if (!existsSync(join(folder, 'up.sh'))) return `${folder} is not here`;
  const missing = needed.filter((name) => !existsSync(join(programs, name)));
  return missing.length === 0 ? undefined : `${missing.join(', ')} not built: run ${folder}/build.sh`;
}

const run = promisify(execFile);

/** A real API server with the controllers of Flux and a seeded repository. */
export class Bench {
  private constructor(readonly state: string) {}

  /** @param flags of `up.sh` */
  static start(...flags: string[]): Bench {
    const state = mkdtempSync(join(tmpdir(), 'fluxwright-bench-'));
    execFileSync(resolve(folder, 'up.sh'), [state, ...flags], { stdio: ['ignore', 'ignore', 'inherit'] });
    return new Bench(state);
  }

  stop(): void {
    execFileSync(resolve(folder, 'down.sh'), [this.state, '--purge'], { stdio: 'ignore' });
    rmSync(this.state, { recursive: true, force: true });
  }

  /** Text of the kubeconfig with the contexts admin, viewer and tenant. */
  get kubeconfig(): string {
    return readFileSync(join(this.state, 'kubeconfig'), 'utf8');
  }

  async kubectl(...args: string[]): Promise<string> {
    const { stdout } = await run(join(programs, 'kubectl'), args, this.options);
    return stdout;
  }

  apply(manifest: object): void {
    const input = JSON.stringify(manifest);
    execFileSync(join(programs, 'kubectl'), ['apply', '--server-side', '--field-manager', 'seed', '-f', '-'], {
      ...this.options,
      input,
    });
  }

  /** The CLI of Flux; how it ends is not looked at, since it waits for controllers. */
  async flux(...args: string[]): Promise<void> {
    await run(join(programs, 'flux'), [...args, '--timeout', '2s'], this.options).catch(() => undefined);
  }

  /** What the CLI of Flux prints. */
  async fluxPrints(...args: string[]): Promise<string> {
    const { stdout } = await run(join(programs, 'flux'), args, this.options);
    return stdout;
  }

  async get(kind: string, namespace: string, name: string): Promise<RealObject> {
    return JSON.parse(
      await this.kubectl('get', kind, name, '-n', namespace, '-o', 'json', '--show-managed-fields'),
    ) as RealObject;
  }

  /** `namespace/name@version` of all objects of a kind, sorted. */
  async fresh(resource: string): Promise<string[]> {
    const { items } = JSON.parse(await this.kubectl('get', resource, '-A', '-o', 'json')) as { items: RealObject[] };
    return items
      .map(({ metadata: { namespace = '', name, resourceVersion } }) => `${namespace}/${name}@${resourceVersion}`)
      .sort();
  }

  private get options(): { env: Record<string, string>; maxBuffer: number } {
    const env = { PATH: process.env['PATH'] ?? '', HOME: this.state, KUBECONFIG: join(this.state, 'kubeconfig') };
    return { env, maxBuffer: 64 * 1024 * 1024 };
  }
}

export interface RealObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly managedFields?: readonly { manager: string; operation: string; subresource?: string; fieldsV1: object }[];
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Polls until the condition holds. */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  seconds = 30,
): Promise<number> {
  const began = performance.now();
  while (!(await condition())) {
    if (performance.now() - began > seconds * 1000) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((next) => setTimeout(next, 100));
  }
  return performance.now() - began;
}
