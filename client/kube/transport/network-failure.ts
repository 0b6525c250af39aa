import { type Failure, failureOf, KubeError } from '../failure';

const certificateCodes = /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_CERT_)/;
// Alerts by which a server refuses the certificate of the client.
const clientCertificateCodes = /ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_|ACCESS_DENIED|UNKNOWN_CA)/;
const keyCodes = /^ERR_(OSSL|SSL)_(?!.*ALERT)|^ERR_CRYPTO/;

/**
 * The named state for what a socket threw while talking to a server. Only the system's code is told: the text of an error
 * may repeat what was sent.
 */
export function networkFailure(error: unknown, server: string, skipsTls: boolean): Failure {
  if (error instanceof KubeError) return error.failure;
  const code = codeOf(error);
  // A fault of the program must not look like one of the network.
  if (code === '' && isProgramFault(error)) return failureOf(error);
  if (code === 'ERR_INVALID_CHAR') {
    return { name: 'misconfigured', message: `The login for ${server} holds characters that cannot be sent.` };
  }
  if (clientCertificateCodes.test(code)) {
    const message = code.includes('EXPIRED')
      ? `The client certificate for ${server} has expired. Log in again or renew it.`
      : `${server} refused the client certificate (${code}). Log in again or renew it.`;
    return { name: code.includes('EXPIRED') ? 'expired' : 'login-failed', message };
  }
  if (certificateCodes.test(code)) {
    const hint = skipsTls ? '' : ' Its certificate authority may have changed; update the kubeconfig.';
    return { name: 'certificate-refused', message: `The certificate of ${server} is not trusted (${code}).${hint}` };
  }
  if (keyCodes.test(code)) {
    return {
      name: 'misconfigured',
      message: `The certificates for ${server} in the kubeconfig cannot be used (${code}).`,
    };
  }
  const refusal = error instanceof Error ? /^Bad response: (\d{3})$/.exec(error.message)?.[1] : undefined;
  if (refusal !== undefined) {
    return { name: 'unreachable', message: `The proxy on the way to ${server} refused the connection (${refusal}).` };
  }
  return {
    name: 'unreachable',
    message: `${server} cannot be reached (${code || 'connection closed'}).`,
  };
}

/** The failure is one of the way to the server, not an answer of it. */
export const isNetwork = ({ name }: Failure): boolean => name === 'unreachable' || name === 'certificate-refused';

const isProgramFault = (error: unknown): boolean =>
  [TypeError, RangeError, ReferenceError].some((kind) => error instanceof kind);

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : '';
}
