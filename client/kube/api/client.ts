import { type Agent } from 'node:http';
import { type LiveObject } from '../../status/object-sink';
import { createLogin, ownCredentials } from '../auth/login';
import { type Credentials, type Login, withoutSecrets } from '../auth/credentials';
import { askIssuer } from '../auth/issuer';
import { readDataOrFile } from '../auth/read-file';
import { cancelScope, type CancelScope } from '../cancellation';
import { type Failure, KubeError, fail } from '../failure';
import { type ContextTarget } from '../kubeconfig/target';
import { type KubePorts } from '../ports';
import { createAgent, type TlsMaterial } from '../transport/agent';
import { readAll } from '../transport/body';
import { isNetwork, networkFailure } from '../transport/network-failure';
import { retire } from '../transport/retire';
import { type HttpAnswer, send } from '../transport/send';
import { parseObject } from './json';
import { statusFailure } from './status-failure';

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From the root: `/apis/apps/v1/deployments`; parts already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: unknown;
  /** For messages: `list kustomizations`. */
  readonly what: string;
  readonly signal?: AbortSignal;
}

export interface JsonAnswer {
  readonly object: LiveObject;
  readonly bytes: number;
}

// A silent server is given up: before the head of an answer, and between two pieces of it.
const silence = 30_000;
// A page of 250 objects of the largest size etcd takes would be more; such a list is asked for again in smaller pages.
const largestBody = 64 * 1024 * 1024;
// Parsed within a millisecond.
const smallText = 100_000;

/** Requests to the API server of one context, let in and understood; every failure is a {@link KubeError}. */
export class ApiClient {
  private readonly life: CancelScope;
  private readonly login: Login;
  private agent: { readonly material: string; readonly agent: Agent } | undefined;
  private secrets: readonly string[] = [];
  /** The server did not let the user in: nothing is sent again before another connection. */
  private refused: Failure | undefined;

  constructor(
    readonly target: ContextTarget,
    private readonly ports: KubePorts,
    /** Told when the server does not let the user in, and asking again would be of no use. */
    private readonly onRefused: (failure: Failure) => void,
  ) {
    this.life = cancelScope(ports.clock);
    const ask = askIssuer(ports, target);
    this.login = createLogin(target, ports, ask, this.life.signal);
  }

  /** Ends every request and closes every socket. */
  close(): void {
    this.life.end(new KubeError({ name: 'not-connected', message: `${this.target.context} is not connected.` }));
    this.life.close();
    this.agent?.agent.destroy();
  }

  /** The JSON object of a successful answer. */
  async json(request: ApiRequest): Promise<LiveObject> {
    return (await this.sized(request)).object;
  }

  /** The same with the length of its text. */
  async sized(request: ApiRequest): Promise<JsonAnswer> {
    return this.scoped(request, async (answer, scope) => {
      const text = await this.text(answer, scope);
      if (text === undefined) fail('too-large', `Could not ${request.what}: the answer is larger than 64 MB.`);
      // Pages of several lists that arrive together would block for the sum of their parsing.
      if (text.length > smallText) await this.ports.slices.whole();
      const object = parseObject(text);
      if (object === undefined) {
        fail('server-error', `${this.target.address} does not answer like a Kubernetes API server.`);
      }
      return { object, bytes: text.length };
    });
  }

  /** Hands over a successful answer as it arrives; it is over when `read` is. The scope's time limit is the reader's. */
  async stream<T>(request: ApiRequest, read: (answer: HttpAnswer, scope: CancelScope) => Promise<T>): Promise<T> {
    return this.scoped(request, async (answer, scope) => {
      scope.unlimit();
      try {
        return await read(answer, scope);
      } finally {
        answer.body.destroy();
      }
    });
  }

  /**
   * Resolves when the server answers at all, whatever it says. No login is made for it: a program that logs in fails where
   * there is no network, and a failed login is not tried again. Throws a failure of the way to the server.
   */
  async reach(signal: AbortSignal): Promise<void> {
    const { clock, files } = this.ports;
    const scope = cancelScope(clock, signal, this.life.signal);
    try {
      const { certificate, key } = await ownCredentials(this.target, { files });
      const tls = { ...(certificate === undefined ? {} : { certificate }), ...(key === undefined ? {} : { key }) };
      const request = { path: '/version', what: `reach ${this.target.context}` };
      const answer = await this.sendWith({ headers: {}, secrets: [], ...tls }, request, scope);
      answer.body.destroy();
    } catch (error) {
      const failure = this.failureOf(error, scope);
      if (isNetwork(failure) || scope.signal.aborted) throw new KubeError(failure);
    } finally {
      scope.close();
    }
  }

  private async scoped<T>(
    request: ApiRequest,
    read: (answer: HttpAnswer, scope: CancelScope) => Promise<T>,
  ): Promise<T> {
    const scope = cancelScope(this.ports.clock, request.signal, this.life.signal);
    try {
      if (this.refused !== undefined) throw new KubeError(this.refused);
      const answer = await this.letIn(request, scope);
      if (answer.status >= 200 && answer.status < 300) return await read(answer, scope);
      const status = parseObject((await this.text(answer, scope)) ?? '');
      const failure = statusFailure(answer.status, request.what, status, answer.headers, this.ports.clock.now());
      throw new KubeError({ ...failure, message: withoutSecrets(failure.message, this.secrets) });
    } catch (error) {
      const failure = this.failureOf(error, scope);
      if (failure.name === 'login-failed' || failure.name === 'expired') {
        this.refused = failure;
        this.onRefused(failure);
      }
      throw new KubeError(failure);
    } finally {
      scope.close();
    }
  }

  private failureOf(error: unknown, { signal }: CancelScope): Failure {
    const { address, cluster } = this.target;
    const failure = networkFailure(signal.aborted ? signal.reason : error, address, cluster.skipTlsVerify);
    // Its files may have been renewed, and idle sockets may lead nowhere: the next request reads and connects anew.
    if (isNetwork(failure)) this.dropAgent();
    return failure;
  }

  /** Sends, and once more with new credentials when the server did not take the first. */
  private async letIn(request: ApiRequest, scope: CancelScope): Promise<HttpAnswer> {
    for (let attempt = 0; ; attempt++) {
      const credentials = await this.login.credentials(scope.signal);
      const answer = await this.sendWith(credentials, request, scope);
      if (answer.status !== 401) return answer;
      answer.body.destroy();
      const mayHelp = this.login.forget();
      if (attempt === 0 && mayHelp) continue;
      const { context } = this.target;
      const isOver = credentials.expires !== undefined && credentials.expires <= this.ports.clock.now();
      fail(
        isOver ? 'expired' : 'login-failed',
        isOver
          ? `The login to ${context} has expired.`
          : `${context} did not accept the login. Log in again, then connect.`,
      );
    }
  }

  private async sendWith(credentials: Credentials, request: ApiRequest, scope: CancelScope): Promise<HttpAnswer> {
    this.secrets = credentials.secrets;
    const { server } = this.target.cluster;
    const query = new URLSearchParams(request.query).toString();
    const agent = await this.agentFor(credentials);
    this.watchSilence(scope);
    return send(agent, {
      method: request.method ?? 'GET',
      url: `${server.replace(/\/+$/, '')}${request.path}${query === '' ? '' : `?${query}`}`,
      headers: {
        accept: request.accept ?? 'application/json',
        'user-agent': 'fluxwright',
        // What is packed arrives in pieces of the packer's choice; a stream has to arrive as it is said.
        ...(this.target.cluster.disableCompression || isStream(request) ? {} : { 'accept-encoding': 'gzip' }),
        ...(request.body === undefined ? {} : { 'content-type': request.contentType ?? 'application/json' }),
        ...credentials.headers,
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: scope.signal,
    });
  }

  private async text(answer: HttpAnswer, scope: CancelScope): Promise<string | undefined> {
    this.watchSilence(scope);
    return readAll(answer, largestBody, () => this.watchSilence(scope));
  }

  private watchSilence(scope: CancelScope): void {
    const { address } = this.target;
    scope.limit(silence, () => new KubeError({ name: 'unreachable', message: `${address} does not answer.` }));
  }

  private async agentFor({ certificate, key }: Credentials): Promise<Agent> {
    const { context, cluster } = this.target;
    const authority = await readDataOrFile(context, 'certificate authority', cluster.authority, this.ports.files);
    const tls: TlsMaterial = {
      ...(authority === undefined ? {} : { authority }),
      ...(certificate === undefined ? {} : { certificate }),
      ...(key === undefined ? {} : { key }),
    };
    const material = JSON.stringify(tls);
    if (this.agent?.material === material) return this.agent.agent;
    const agent = await createAgent(this.target, tls, this.ports.environment);
    // Two first requests may both have come here. Running ones keep their sockets.
    if (this.agent?.material !== material) {
      this.dropAgent();
      this.agent = { material, agent };
    }
    return this.agent.agent;
  }

  private dropAgent(): void {
    if (this.agent !== undefined) retire(this.agent.agent);
    this.agent = undefined;
  }
}

const isStream = ({ query }: ApiRequest): boolean => query?.['watch'] === 'true' || query?.['follow'] === 'true';
