import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Command, endProcess, startProcess } from './bench-process';

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

  /** What kubectl uses from now on: after the server has become another one. */
  set kubeconfig(text: string) {
    writeFileSync(join(this.state, 'kubeconfig'), text);
  }

  /** Ends a process of the bench (`kube-apiserver`, `kustomize-controller`). @returns how to start it again */
  end(name: string, signal: NodeJS.Signals): Promise<Command> {
    return endProcess(this.state, name, signal);
  }

  begin(name: string, command: Command): void {
    startProcess(this.state, name, command);
  }

  /** Until the API server takes requests. */
  async ready(): Promise<void> {
    await eventually('the API server', () => this.kubectl('get', '--raw', '/readyz').then(isThere, isNot), 60);
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

  /** All objects of a kind, as they are now. */
  async list(resource: string): Promise<readonly RealObject[]> {
    return (JSON.parse(await this.kubectl('get', resource, '-A', '-o', 'json')) as { items: RealObject[] }).items;
  }

  /** `namespace/name@version` of all objects of a kind, sorted. */
  async fresh(resource: string): Promise<string[]> {
    return (await this.list(resource))
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

const isThere = (): boolean => true;
const isNot = (): boolean => false;

/** Polls until the condition holds. @returns milliseconds it took */
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
