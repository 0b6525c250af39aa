import { request as httpRequest, type Agent, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { reasonOf } from '../cancellation';
import { keepAliveDelay } from './agent';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** To be read to its end, or destroyed. */
  readonly body: IncomingMessage;
}

/**
 * Sends one request and resolves with the head of the answer; redirects are not followed. Rejects with the signal's reason
 * or with what the socket said. The signal also ends the reading of the body.
 */
export function send(agent: Agent, { method, url, headers, body: text, signal }: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const request = url.startsWith('https:') ? httpsRequest : httpRequest;
    const length = text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) };
    const sent = request(url, { method, agent, headers: { ...copy(headers), ...length } });
    let body: IncomingMessage | undefined;
    // A request that is destroyed dumps its answer, and whoever reads that waits forever: the answer comes first.
    const onAbort = (): void => void (body ?? sent).destroy(reasonOf(signal));
    signal.addEventListener('abort', onAbort, { once: true });
    sent.on('socket', (socket) => socket.setKeepAlive(true, keepAliveDelay));
    // Stays: a socket may fail at any time, also after the answer.
    sent.on('error', (error) => {
      signal.removeEventListener('abort', onAbort);
      reject(signal.aborted ? reasonOf(signal) : error);
    });
    sent.on('response', (answer) => {
      body = answer;
      answer.on('error', () => undefined);
      answer.on('close', () => signal.removeEventListener('abort', onAbort));
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: answer });
    });
    sent.end(text);
  });
}

const copy = (headers: HttpRequest['headers']): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
