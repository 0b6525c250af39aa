import { type IncomingHttpHeaders } from 'node:http';
import { type LiveObject } from '../../status/object-sink';
import { type Failure, type FailureName, oneLine } from '../failure';
import { textAt } from './json';

const names: Readonly<Record<number, FailureName>> = {
  400: 'invalid',
  401: 'login-failed',
  403: 'forbidden',
  404: 'absent',
  405: 'absent',
  409: 'conflict',
  410: 'gone',
  413: 'too-large',
  415: 'invalid',
  422: 'invalid',
  429: 'busy',
};

/**
 * The named state for an answer that is no success.
 * @param what what was asked, for the message: `list kustomizations in cluster staging`
 * @param status the `Status` object the server sent, when it sent one
 */
export function statusFailure(
  code: number,
  what: string,
  status: LiveObject | undefined,
  headers: IncomingHttpHeaders,
  now: number,
): Failure {
  const name = names[code] ?? 'server-error';
  const said = oneLine(textAt(status, 'message'));
  const message =
    name === 'server-error'
      ? `The server could not ${what} (${code}${said === '' ? '' : `: ${said}`}).`
      : `Could not ${what}: ${said === '' ? `the server answered ${code}` : said}.`.replace(/\.\.$/, '.');
  const retryAfter = retryAfterOf(headers['retry-after'], now);
  return retryAfter === undefined ? { name, message } : { name, message, retryAfter };
}

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110 10.2.3); undefined when absent or neither. */
export function retryAfterOf(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,6}$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
