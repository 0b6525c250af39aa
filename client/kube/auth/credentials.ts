/** What a request carries to be let in. Never logged, never part of a message. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** PEM of the client certificate and its key. */
  readonly certificate?: string;
  readonly key?: string;
  /** Milliseconds since the epoch after which they no longer hold; undefined: unknown. */
  readonly expires?: number;
  /** Every secret text among them, to be kept out of what a server may echo. */
  readonly secrets: readonly string[];
}

/** A way to log in. */
export interface Login {
  /** Kept ones while they hold; throws a named failure. */
  credentials(signal?: AbortSignal): Promise<Credentials>;
  /**
   * The server refused what was given last: forgets it. @returns false when asking again would give the same, so that
   * trying again is of no use.
   */
  forget(): boolean;
}

/** Without the secrets of the credentials, for text that a server or program wrote. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) if (secret.length >= 4) result = result.replaceAll(secret, '***');
  return result;
}
