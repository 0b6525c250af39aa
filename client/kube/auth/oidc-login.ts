import { unlessCancelled } from '../cancellation';
import { fail } from '../failure';
import { type WallClock } from '../ports';
import { type Credentials, type Login } from './credentials';

/** What is posted, and the `Authorization` header it goes with. */
export interface IssuerPost {
  readonly form: URLSearchParams;
  readonly authorization?: string;
}

/** A request to the identity provider, a GET without `post`. Answers the JSON object, or undefined for anything else. */
export type IssuerRequest = (
  url: string,
  authority: { readonly data?: string; readonly file?: string },
  post: IssuerPost | undefined,
  signal: AbortSignal,
) => Promise<Record<string, unknown> | undefined>;

// client-go (plugin/pkg/client/auth/oidc) takes a token for expired ten seconds early.
const early = 10_000;

/**
 * The `oidc` auth provider: the id token while it holds, then a new one by the refresh token. kubectl writes what it got back
 * into the kubeconfig; here it is kept in memory, and a file that kubectl has refreshed is read again anyway.
 */
export function createOidcLogin(
  context: string,
  config: Readonly<Record<string, string>>,
  clock: WallClock,
  ask: IssuerRequest,
  life: AbortSignal,
): Login {
  let idToken = config['id-token'] ?? '';
  let refreshToken = config['refresh-token'] ?? '';
  let running: Promise<void> | undefined;
  const holds = (): boolean => idToken !== '' && (expiryOf(idToken) ?? Infinity) > clock.now() + early;
  const failed = (what: string): never =>
    fail('login-failed', `Login to ${context} failed: ${what}. Log in again with kubectl or your login program.`);
  const refresh = async (): Promise<void> => {
    const issuer = config['idp-issuer-url'] ?? '';
    const authority = {
      ...(config['idp-certificate-authority-data']
        ? { data: Buffer.from(config['idp-certificate-authority-data'], 'base64').toString('utf8') }
        : {}),
      ...(config['idp-certificate-authority'] ? { file: config['idp-certificate-authority'] } : {}),
    };
    if (issuer === '' || refreshToken === '') failed('the OIDC token has expired and there is no refresh token');
    const discovery = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const endpoint = (await ask(discovery, authority, undefined, life))?.['token_endpoint'];
    if (typeof endpoint !== 'string') return failed(`${issuer} does not answer as an OIDC issuer`);
    const [id, secret] = [config['client-id'] ?? '', config['client-secret'] ?? ''];
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const whole = { ...form, client_id: id, ...(secret === '' ? {} : { client_secret: secret }) };
    let answer = await ask(endpoint, authority, { form: new URLSearchParams(whole) }, life);
    if (answer === undefined && secret !== '') {
      // Of the two places for a secret an issuer may take one alone (RFC 6749 2.3.1); Go's oauth2 tries both, too.
      const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64');
      answer = await ask(
        endpoint,
        authority,
        { form: new URLSearchParams(form), authorization: `Basic ${basic}` },
        life,
      );
    }
    const token = answer?.['id_token'];
    if (typeof token !== 'string') return failed(`${issuer} gave no new token`);
    idToken = token;
    const rotated = answer?.['refresh_token'];
    if (typeof rotated === 'string' && rotated !== '') refreshToken = rotated;
  };
  return {
    async credentials(signal): Promise<Credentials> {
      if (!holds()) {
        running ??= refresh().finally(() => (running = undefined));
        await unlessCancelled(running, signal);
      }
      const secrets = [idToken, refreshToken, config['client-secret'] ?? ''].filter((one) => one !== '');
      const expires = expiryOf(idToken);
      return {
        headers: { authorization: `Bearer ${idToken}` },
        ...(expires === undefined ? {} : { expires }),
        secrets,
      };
    },
    forget() {
      idToken = '';
      return refreshToken !== '';
    },
  };
}

/** Milliseconds since the epoch at which a JWT expires; undefined when it says nothing. The signature is the server's matter. */
function expiryOf(token: string): number | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      exp?: unknown;
    };
    return typeof claims.exp === 'number' ? claims.exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
