import { type Credentials } from './credentials';

/**
 * What a plug-in printed, as credentials.
 * @returns undefined when it is no ExecCredential of the API version asked for, or holds neither token nor certificate.
 */
export function execCredential(stdout: string, apiVersion: string): Credentials | undefined {
  let printed: unknown;
  try {
    printed = JSON.parse(stdout);
  } catch {
    return undefined;
  }
  const credential = record(printed);
  const status = record(credential?.['status']);
  if (status === undefined || credential?.['kind'] !== 'ExecCredential' || credential['apiVersion'] !== apiVersion) {
    return undefined;
  }
  const token = text(status['token']);
  const certificate = text(status['clientCertificateData']);
  const key = text(status['clientKeyData']);
  if ((certificate === undefined) !== (key === undefined)) return undefined;
  if (token === undefined && certificate === undefined) return undefined;
  const expires = Date.parse(text(status['expirationTimestamp']) ?? '');
  return {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
    ...(Number.isNaN(expires) ? {} : { expires }),
    secrets: [token, key].filter((one) => one !== undefined),
  };
}

const record = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
