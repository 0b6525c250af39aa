import type * as Secrets from '../../secrets/secrets';
import { type StatusClock } from '../../status/clock';

/** What documents and commands on encrypted files ask of the editor and the machine. */
export interface SecretHost {
  readonly secrets: typeof Secrets;
  /** Made anew for each opening, so that a key that was added meanwhile is found. */
  readonly access: () => Secrets.KeyAccess;
  readonly isTrusted: () => boolean;
  /** Names of recipients out of the user's settings. */
  readonly names: () => Readonly<Record<string, string>>;
  readonly clock: StatusClock;
}

/** RFC 3339 in UTC, in whole seconds, as SOPS writes it. */
export function timeNow({ clock }: Pick<SecretHost, 'clock'>): string {
  return new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
}
