/** Why something could not be done. Names are stable; views choose their icon and next step by them. */
export type FailureName =
  | 'no-kubeconfig'
  | 'context-gone'
  /** The kubeconfig is there and cannot be used. */
  | 'misconfigured'
  /** The user did not allow the program that would log in. */
  | 'plugin-refused'
  | 'login-failed'
  | 'expired'
  | 'certificate-refused'
  | 'unreachable'
  | 'not-connected'
  | 'forbidden'
  | 'absent'
  | 'conflict'
  /** The list or the resource version is older than what the server keeps. */
  | 'gone'
  | 'busy'
  | 'server-error'
  | 'invalid'
  | 'too-large'
  | 'read-only'
  | 'refused'
  | 'timed-out'
  | 'cancelled';

/** A named state with one sentence for the user; holds no credential and no value of a Secret. */
export interface Failure {
  readonly name: FailureName;
  readonly message: string;
  /** Milliseconds the server asked to wait. */
  readonly retryAfter?: number;
}

/** What a request came to. */
export type Outcome<T> =
  { readonly value: T; readonly failure?: undefined } | { readonly failure: Failure; readonly value?: undefined };

/** Carries a failure through code that awaits; no public function of `client/kube` throws it. */
export class KubeError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
    this.name = 'KubeError';
  }
}

/** Throws a failure as a {@link KubeError}. */
export function fail(name: FailureName, message: string, retryAfter?: number): never {
  throw new KubeError(retryAfter === undefined ? { name, message } : { name, message, retryAfter });
}

/**
 * The failure of whatever was thrown. What is not ours is a fault of the program: it is named without its text, which may
 * hold anything.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof KubeError) return error.failure;
  const name = error instanceof Error ? error.name : typeof error;
  return { name: 'server-error', message: `The request failed unexpectedly (${name}).` };
}

/** Runs a request and turns what it throws into a value. */
export async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();

/** Foreign text for a message: one line of at most `limit` characters. */
export function oneLine(text: string, limit = 300): string {
  const line = printable(text);
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
