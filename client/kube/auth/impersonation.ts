import { type Impersonation } from '../kubeconfig/kubeconfig';

// Characters of an HTTP token; all others of an extra key are percent-encoded (client-go transport/round_trippers.go).
const unsafe = /[^A-Za-z0-9!#$&'*+.^_`|~-]/g;

/** Headers that act as someone else; several groups are several headers, which `fetch` would join to one. */
export function impersonationHeaders(impersonation: Impersonation | undefined): Record<string, string | string[]> {
  if (impersonation === undefined) return {};
  const { user, uid, groups, extra } = impersonation;
  const headers: Record<string, string | string[]> = { 'impersonate-user': user };
  if (uid !== '') headers['impersonate-uid'] = uid;
  if (groups.length > 0) headers['impersonate-group'] = [...groups];
  for (const [key, values] of extra)
    headers[`impersonate-extra-${key.toLowerCase().replace(unsafe, encode)}`] = [...values];
  return headers;
}

function encode(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
