import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { type Log } from '../model/ports';

/**
 * The one wrapper of requests: a cancelled one is answered RequestCancelled, one that throws leaves a line in the log
 * and is answered with `empty`, so that a fault in one feature never disturbs another.
 */
export function safely<Params, Result>(
  log: Log,
  name: string,
  empty: Result,
  handler: (params: Params, token: CancellationToken) => Result | Promise<Result>,
): (params: Params, token: CancellationToken) => Promise<Result | ResponseError<never>> {
  return async (params, token) => {
    const isCancelled = (): boolean => token.isCancellationRequested;
    if (isCancelled()) return cancelled();
    try {
      const result = await handler(params, token);
      return isCancelled() ? cancelled() : result;
    } catch (error) {
      if (error instanceof ResponseError) return error as ResponseError<never>;
      log.write('error', `${name} failed`, { reason: describeError(error) });
      return empty;
    }
  };
}

/** The same for notifications, which have no answer. */
export function safelyNotified<Params>(
  log: Log,
  name: string,
  handler: (params: Params) => void | Promise<void>,
): (params: Params) => Promise<void> {
  return async (params) => {
    try {
      await handler(params);
    } catch (error) {
      log.write('error', `${name} failed`, { reason: describeError(error) });
    }
  };
}

const cancelled = (): ResponseError<never> =>
  new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');

// What Node says of a text that it cannot read quotes the text.
const quoted = /["'`/][^]*["'`/]/;

/** Name, message and first own frame: enough to find the place, without any text of the user's files. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frame = error.stack?.split('\n')[1]?.trim() ?? '';
  return `${error.name}: ${error.message.replace(quoted, '…').slice(0, 200)} ${frame}`.trim();
}
