import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions } from 'node:https';
import { fail } from '../failure';
import { type ContextTarget } from '../kubeconfig/target';
import { type Environment } from '../ports';
import { proxyFor } from './proxy';

/** PEM texts that a connection is made with. */
export interface TlsMaterial {
  readonly authority?: string;
  readonly certificate?: string;
  readonly key?: string;
}

// Finds a peer that vanished without a word: libuv probes each second after that, ten times.
export const keepAliveDelay = 15_000;

/** Sockets to the server of a context, straight or through its proxy. */
export async function createAgent(
  { context, cluster }: Pick<ContextTarget, 'context' | 'cluster'>,
  { authority, certificate, key }: TlsMaterial,
  environment: Environment,
): Promise<HttpAgent> {
  const options: AgentOptions = {
    keepAlive: true,
    keepAliveMsecs: keepAliveDelay,
    // Watches hold theirs; what is left over from requests is closed soon.
    maxFreeSockets: 4,
    timeout: 0,
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: !cluster.skipTlsVerify,
    ...(authority === undefined ? {} : { ca: authority }),
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(cluster.tlsServerName === undefined ? {} : { servername: cluster.tlsServerName }),
  };
  const isTls = /^https:/i.test(cluster.server);
  const proxy = cluster.proxyUrl ?? proxyFor(cluster.server, environment.variables);
  if (proxy === undefined) return isTls ? new HttpsAgent(options) : new HttpAgent({ keepAlive: true });
  const scheme = /^([a-z0-9]+):\/\//i.exec(proxy)?.[1]?.toLowerCase();
  const named = cluster.proxyUrl === undefined ? 'the proxy of the environment' : 'its proxy-url';
  if (!URL.canParse(proxy)) fail('misconfigured', `Context ${context} cannot be used: ${named} is not a URL.`);
  if (scheme === 'socks5' || scheme === 'socks5h') {
    const { SocksProxyAgent } = await import('socks-proxy-agent');
    // The name of a host is left to the proxy, as Go does for both schemes.
    return new SocksProxyAgent(proxy.replace(/^socks5h?:/i, 'socks5h:'), options);
  }
  if (scheme !== 'http' && scheme !== 'https') {
    fail('misconfigured', `Context ${context} cannot be used: ${named} must begin with http, https or socks5.`);
  }
  const { HttpProxyAgent, HttpsProxyAgent } = await import('hpagent');
  return isTls ? new HttpsProxyAgent({ ...options, proxy }) : new HttpProxyAgent({ keepAlive: true, proxy });
}
