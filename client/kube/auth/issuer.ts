import { Agent } from 'node:https';
import { cancelScope } from '../cancellation';
import { KubeError } from '../failure';
import { type ContextTarget } from '../kubeconfig/target';
import { type KubePorts } from '../ports';
import { parseObject } from '../api/json';
import { readAll } from '../transport/body';
import { networkFailure } from '../transport/network-failure';
import { send } from '../transport/send';
import { type IssuerRequest } from './oidc-login';
import { readDataOrFile } from './read-file';

const largestAnswer = 1024 * 1024;
const longest = 30_000;

/** Requests to an OIDC issuer, with the authority that the kubeconfig names for it; https alone, except on this machine. */
export function askIssuer(ports: Pick<KubePorts, 'clock' | 'files'>, { context }: ContextTarget): IssuerRequest {
  return async (url, authority, form, life) => {
    const isLocal = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\//.test(url);
    if (!url.startsWith('https://') && !isLocal) return undefined;
    const ca = await readDataOrFile(context, 'certificate authority of the identity provider', authority, ports.files);
    const agent = new Agent(ca === undefined ? {} : { ca });
    const scope = cancelScope(ports.clock, life);
    const host = new URL(url).origin;
    scope.limit(longest, () => new KubeError({ name: 'unreachable', message: `${host} does not answer.` }));
    try {
      const answer = await send((isLocal ? undefined : agent) as Agent, {
        method: form === undefined ? 'GET' : 'POST',
        url,
        headers: {
          accept: 'application/json',
          ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(form === undefined ? {} : { body: form.toString() }),
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
