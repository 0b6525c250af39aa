import { X509Certificate } from 'node:crypto';
import { pluginOf } from '../kubeconfig/plugin-of';
import { type ContextTarget } from '../kubeconfig/target';
import { type UserEntry } from '../kubeconfig/kubeconfig';
import { type KubePorts } from '../ports';
import { createExecLogin } from './exec-login';
import { type Credentials, type Login } from './credentials';
import { impersonationHeaders } from './impersonation';
import { createOidcLogin, type IssuerRequest } from './oidc-login';
import { readDataOrFile } from './read-file';
import { createTokenFile } from './token-file';

/**
 * How a context logs in, by client-go's rules (rest/transport.go, tools/clientcmd/client_config.go): a client certificate
 * is sent with a token, token file, basic or OIDC, and nothing at all over plain http to another machine. One per context:
 * credentials are never shared by the name of a user, since two kubeconfigs may use one name for two people (the npm client
 * shares them).
 */
export function createLogin(
  target: ContextTarget,
  ports: Pick<KubePorts, 'files' | 'clock' | 'programs' | 'environment' | 'prompts' | 'storage'>,
  askIssuer: IssuerRequest,
  life: AbortSignal,
): Login {
  const { user } = target;
  const impersonation = impersonationHeaders(user.impersonate);
  if (!isPrivate(target.cluster.server)) {
    const credentials: Credentials = { headers: impersonation, secrets: [] };
    return { credentials: () => Promise.resolve(credentials), forget: () => false };
  }
  const dynamic = dynamicLogin(target, ports, askIssuer, life);
  let certificateBefore = '';
  return {
    async credentials(signal) {
      const own = await ownCredentials(target, ports);
      certificateBefore = own.certificate ?? '';
      const more = await dynamic?.credentials(signal);
      return {
        ...own,
        ...more,
        headers: { ...own.headers, ...more?.headers, ...impersonation },
        secrets: [...own.secrets, ...(more?.secrets ?? [])],
      };
    },
    forget: () => (dynamic === undefined ? certificateBefore !== '' && isRead(user) : dynamic.forget()),
  };
}

// client-go reads no credentials for a server without TLS. A server on this machine has no wire to listen on.
const isPrivate = (server: string): boolean =>
  /^https:/i.test(server) || /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])([:/]|$)/i.test(server);

/** What has to be got or read anew; undefined for a user whose entry holds all there is. */
function dynamicLogin(
  target: ContextTarget,
  ports: Pick<KubePorts, 'files' | 'clock' | 'programs' | 'environment' | 'prompts' | 'storage'>,
  askIssuer: IssuerRequest,
  life: AbortSignal,
): Login | undefined {
  const { user, context } = target;
  if (user.tokenFile !== undefined) return createTokenFile(context, user.tokenFile, user.token, ports);
  const plugin = pluginOf(user);
  if (plugin !== undefined) return createExecLogin(target, plugin, ports, life);
  const isNamed = (user.token ?? user.username) !== undefined;
  if (isNamed || user.authProvider === undefined) return undefined;
  return createOidcLogin(context, user.authProvider.config, ports.clock, askIssuer, life);
}

// A certificate in a file may have been renewed since.
const isRead = ({ certificate }: UserEntry): boolean => certificate.data === undefined;

/** What the user's entry of the kubeconfig and the files it names hold: nothing is run or asked for it. */
export async function ownCredentials(
  { context, user }: ContextTarget,
  ports: Pick<KubePorts, 'files'>,
): Promise<Credentials> {
  const certificate = await readDataOrFile(context, 'client certificate', user.certificate, ports.files);
  const key = await readDataOrFile(context, 'client key', user.key, ports.files);
  const headers: Record<string, string> = {};
  const secrets = [key, user.token, user.password].filter((one) => one !== undefined);
  if (user.token !== undefined) headers['authorization'] = `Bearer ${user.token}`;
  else if (user.username !== undefined) {
    const basic = Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64');
    headers['authorization'] = `Basic ${basic}`;
    secrets.push(basic);
  }
  return {
    headers,
    ...(certificate === undefined ? {} : { certificate, ...expiryOf(certificate) }),
    ...(key === undefined ? {} : { key }),
    secrets,
  };
}

function expiryOf(certificate: string): Pick<Credentials, 'expires'> {
  try {
    const expires = Date.parse(new X509Certificate(certificate).validTo);
    return Number.isNaN(expires) ? {} : { expires };
  } catch {
    // The connection will say what is wrong with it.
    return {};
  }
}
