/** Who a kubeconfig context leads to, beyond its name. */
export interface ContextIdentity {
  readonly context: string;
  /** The API server's URL, as the kubeconfig says. */
  readonly server: string;
  /** SHA-256 of the certificate authority's data, hex; empty where the kubeconfig has none. */
  readonly caHash: string;
}

/** URL as it is compared: scheme and host without case, default port and trailing slashes do not count. */
export function normalServer(server: string): string {
  try {
    const url = new URL(server);
    return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`;
  } catch {
    return server.trim();
  }
}

/** Which parts of an identity are others than they were. */
export function changedParts(
  before: Omit<ContextIdentity, 'context'>,
  now: Omit<ContextIdentity, 'context'>,
): readonly ('server' | 'certificate authority')[] {
  const parts: ('server' | 'certificate authority')[] = [];
  if (normalServer(before.server) !== normalServer(now.server)) parts.push('server');
  if (before.caHash !== now.caHash) parts.push('certificate authority');
  return parts;
}
