import { X509Certificate } from 'node:crypto';
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
 * is sent with any of token, token file, basic, plug-in or OIDC. One per context: credentials are never shared by the name
 * of a user, since two kubeconfigs may use one name for two people (the npm client shares them).
 */
export function createLogin(
  target: ContextTarget,
  ports: Pick<KubePorts, 'files' | 'clock' | 'programs' | 'environment' | 'prompts' | 'storage'>,
  askIssuer: IssuerRequest,
  life: AbortSignal,
): Login {
  const { user, context } = target;
  const dynamic = user.exec
    ? createExecLogin(target, user.exec, ports, life)
    : user.authProvider
      ? createOidcLogin(context, user.authProvider.config, ports.clock, askIssuer, life)
      : user.tokenFile === undefined
        ? undefined
        : createTokenFile(context, user.tokenFile, user.token, ports);
  let certificateBefore = '';
  return {
    async credentials(signal) {
      const own = await ownCredentials(target, ports);
      certificateBefore = own.certificate ?? '';
      const more = await dynamic?.credentials(signal);
      return {
        ...own,
        ...more,
        headers: { ...own.headers, ...more?.headers, ...impersonationHeaders(user.impersonate) },
        secrets: [...own.secrets, ...(more?.secrets ?? [])],
      };
    },
    forget: () => (dynamic === undefined ? certificateBefore !== '' && isRead(user) : dynamic.forget()),
  };
}

// A certificate in a file may have been renewed since.
const isRead = ({ certificate }: UserEntry): boolean => certificate.data === undefined;

async function ownCredentials({ context, user }: ContextTarget, ports: Pick<KubePorts, 'files'>): Promise<Credentials> {
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
