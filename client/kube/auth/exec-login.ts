import { cancelScope, throwIfCancelled, unlessCancelled } from '../cancellation';
import { fail, KubeError, oneLine } from '../failure';
import { type ExecEntry } from '../kubeconfig/kubeconfig';
import { type ContextTarget } from '../kubeconfig/target';
import { type KubePorts } from '../ports';
import { readDataOrFile } from './read-file';
import { type Credentials, type Login } from './credentials';
import { askConsent } from './plugin-consent';
import { execCredential } from './exec-credential';

const longestRun = 60_000;
// Credentials that are about to expire are not worth a request.
const early = 5_000;

type ExecPorts = Pick<KubePorts, 'files' | 'clock' | 'programs' | 'environment' | 'prompts' | 'storage'>;

/**
 * Logs in with a program (client-go plugin/pkg/client/auth/exec): with `KUBERNETES_EXEC_INFO`, without a terminal, within
 * 60 seconds, after the user allowed it. The npm client does none of these.
 */
export function createExecLogin(target: ContextTarget, exec: ExecEntry, ports: ExecPorts, life: AbortSignal): Login {
  let kept: Credentials | undefined;
  let running: Promise<Credentials> | undefined;
  const login = async (): Promise<Credentials> => {
    await askConsent(target.context, exec, ports);
    return (kept = await run(target, exec, ports, life));
  };
  return {
    async credentials(signal) {
      if (kept !== undefined && (kept.expires ?? Infinity) > ports.clock.now() + early) return kept;
      // Twenty watches that find their token expired start one program; it ends with the connection, not with the first of them.
      running ??= login().finally(() => (running = undefined));
      return unlessCancelled(running, signal);
    },
    forget() {
      kept = undefined;
      return true;
    },
  };
}

async function run(
  target: ContextTarget,
  exec: ExecEntry,
  ports: ExecPorts,
  signal: AbortSignal,
): Promise<Credentials> {
  const { context } = target;
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(ports.environment.variables))
    if (value !== undefined) environment[name] = value;
  for (const { name, value } of exec.env) environment[name] = value;
  environment['KUBERNETES_EXEC_INFO'] = JSON.stringify(await execInfo(target, exec, ports));
  const scope = cancelScope(ports.clock, signal);
  const failed = (what: string): never => fail('login-failed', `Login to ${context} failed: ${exec.command} ${what}.`);
  scope.limit(longestRun, () => {
    const message = `Login to ${context} failed: ${exec.command} did not end within 60 seconds.`;
    return new KubeError({ name: 'login-failed', message });
  });
  try {
    const result = await ports.programs.run({
      command: exec.command,
      args: exec.args,
      environment,
      signal: scope.signal,
    });
    // Time-out and cancellation have their own reason.
    throwIfCancelled(scope.signal);
    if (result.kind === 'not-found') {
      const hint = exec.installHint === '' ? '' : ` ${oneLine(exec.installHint, 200)}`;
      return fail(
        'login-failed',
        `Login to ${context} failed: ${exec.command} was not found on ${ports.environment.machine}.${hint}`,
      );
    }
    if (result.kind === 'broken') return failed(`could not be run (${result.reason})`);
    if (result.code !== 0) return failed(`ended with code ${result.code}; run it in a terminal to see why`);
    return execCredential(result.stdout, exec.apiVersion) ?? failed('printed no credentials');
  } finally {
    scope.close();
  }
}

/** What the plug-in is told (client-go pkg/apis/clientauthentication/v1). */
async function execInfo({ context, cluster }: ContextTarget, exec: ExecEntry, { files }: ExecPorts): Promise<unknown> {
  const info = { kind: 'ExecCredential', apiVersion: exec.apiVersion };
  if (!exec.provideClusterInfo) return { ...info, spec: { interactive: false } };
  const authority = await readDataOrFile(context, 'certificate authority', cluster.authority, files);
  return {
    ...info,
    spec: {
      cluster: {
        server: cluster.server,
        ...(cluster.tlsServerName === undefined ? {} : { 'tls-server-name': cluster.tlsServerName }),
        ...(cluster.skipTlsVerify ? { 'insecure-skip-tls-verify': true } : {}),
        ...(authority === undefined ? {} : { 'certificate-authority-data': Buffer.from(authority).toString('base64') }),
        ...(cluster.proxyUrl === undefined ? {} : { 'proxy-url': cluster.proxyUrl }),
        ...(cluster.disableCompression ? { 'disable-compression': true } : {}),
        ...(cluster.execConfig === undefined ? {} : { config: cluster.execConfig }),
      },
      interactive: false,
    },
  };
}
