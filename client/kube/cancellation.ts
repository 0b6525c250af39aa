import { setMaxListeners } from 'node:events';
import { KubeError } from './failure';
import { type WallClock } from './ports';

const cancelled = (): KubeError => new KubeError({ name: 'cancelled', message: 'Cancelled.' });

/** Work under a signal of its own, which fires with any of the callers', or by {@link CancelScope.end}. */
export interface CancelScope {
  readonly signal: AbortSignal;
  /** Fires the signal; what then fails does so with this reason. */
  end(reason: KubeError): void;
  /** Fires after so many milliseconds of the clock, unless it is set again, taken back or closed. */
  limit(milliseconds: number, reason: () => KubeError): void;
  unlimit(): void;
  /** Lets go of the callers' signals and the time limit. */
  close(): void;
}

/**
 * The one place where signals and time limits meet. Every request, stream and program runs in such a scope, so that
 * nothing listens on a caller's signal after it is done.
 */
export function cancelScope(clock: WallClock, ...parents: readonly (AbortSignal | undefined)[]): CancelScope {
  const controller = new AbortController();
  // A connection's signal has a listener for each of its watches.
  setMaxListeners(0, controller.signal);
  let takeBack: (() => void) | undefined;
  const listened = parents.filter((parent) => parent !== undefined);
  const onParent = (): void => controller.abort(reasonOf(listened.find(({ aborted }) => aborted)));
  for (const parent of listened) parent.addEventListener('abort', onParent, { once: true });
  if (listened.some(({ aborted }) => aborted)) onParent();
  return {
    signal: controller.signal,
    end: (reason) => controller.abort(reason),
    limit(milliseconds, reason) {
      takeBack?.();
      takeBack = clock.after(milliseconds, () => controller.abort(reason()));
    },
    unlimit() {
      takeBack?.();
      takeBack = undefined;
    },
    close() {
      takeBack?.();
      takeBack = undefined;
      for (const parent of listened) parent.removeEventListener('abort', onParent);
    },
  };
}

/** Why a signal fired, as a {@link KubeError}. */
export function reasonOf(signal: AbortSignal | undefined): KubeError {
  const reason: unknown = signal?.reason;
  return reason instanceof KubeError ? reason : cancelled();
}

/** Throws when the signal has fired. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw reasonOf(signal);
}

/** Waits for a promise, or throws the signal's reason as soon as it fires. */
export async function unlessCancelled<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  throwIfCancelled(signal);
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(reasonOf(signal));
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Waits so many milliseconds of the clock; throws the signal's reason when it fires before. */
export async function sleep(clock: WallClock, milliseconds: number, signal?: AbortSignal): Promise<void> {
  throwIfCancelled(signal);
  let takeBack = (): void => undefined;
  const waited = new Promise<void>((resolve) => {
    takeBack = clock.after(milliseconds, resolve);
  });
  try {
    await unlessCancelled(waited, signal);
  } finally {
    takeBack();
  }
}
