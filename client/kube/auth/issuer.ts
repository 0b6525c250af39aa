import { cancelScope } from '../cancellation';
import { KubeError } from '../failure';
import { type ContextTarget } from '../kubeconfig/target';
import { type KubePorts } from '../ports';
import { parseObject } from '../api/json';
import { readAll } from '../transport/body';
import { createAgent } from '../transport/agent';
import { networkFailure } from '../transport/network-failure';
import { send } from '../transport/send';
import { type IssuerRequest } from './oidc-login';
import { readDataOrFile } from './read-file';

const largestAnswer = 1024 * 1024;
const longest = 30_000;

/**
 * Requests to an OIDC issuer, with the authority that the kubeconfig names for it and through the proxy of the environment;
 * https alone, except on this machine.
 */
export function askIssuer(
  ports: Pick<KubePorts, 'clock' | 'files' | 'environment'>,
  { context }: ContextTarget,
): IssuerRequest {
  return async (url, authority, post, life) => {
    const isLocal = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\//.test(url);
    if (!url.startsWith('https://') && !isLocal) return undefined;
    const ca = await readDataOrFile(context, 'certificate authority of the identity provider', authority, ports.files);
    const issuer = { server: url, skipTlsVerify: false, authority: {}, disableCompression: false };
    const tls = ca === undefined ? {} : { authority: ca };
    const agent = await createAgent({ context, cluster: issuer }, tls, ports.environment);
    const scope = cancelScope(ports.clock, life);
    const host = new URL(url).origin;
    scope.limit(longest, () => new KubeError({ name: 'unreachable', message: `${host} does not answer.` }));
    try {
      const answer = await send(agent, {
        method: post === undefined ? 'GET' : 'POST',
        url,
        headers: {
          accept: 'application/json',
          ...(post === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
          ...(post?.authorization === undefined ? {} : { authorization: post.authorization }),
        },
        ...(post === undefined ? {} : { body: post.form.toString() }),
        signal: scope.signal,
      });
      const text = await readAll(answer, largestAnswer, () => undefined);
      return answer.status === 200 && text !== undefined ? parseObject(text) : undefined;
    } catch (error) {
      throw new KubeError(networkFailure(error, host, false));
    } finally {
      scope.close();
      agent.destroy();
    }
  };
}
