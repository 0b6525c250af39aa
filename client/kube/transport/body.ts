import { createGunzip } from 'node:zlib';
import { type HttpAnswer } from './send';

/** The body as it was before compression. */
export function decoded({ headers, body }: Pick<HttpAnswer, 'headers' | 'body'>): NodeJS.ReadableStream {
  if (headers['content-encoding'] !== 'gzip') return body;
  const gunzip = createGunzip();
  body.on('error', (error) => gunzip.destroy(error));
  body.on('aborted', () => gunzip.destroy(new Error('aborted')));
  gunzip.on('error', () => body.destroy());
  return body.pipe(gunzip);
}

/**
 * The whole body as text.
 * @param onBytes called for each piece, so that the caller can tell a stream that stands still
 * @returns undefined when it has more than `limit` bytes; the rest is not read
 */
export async function readAll(
  answer: Pick<HttpAnswer, 'headers' | 'body'>,
  limit: number,
  onBytes: () => void,
): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of decoded(answer) as AsyncIterable<Buffer>) {
    onBytes();
    length += piece.length;
    if (length > limit) {
      answer.body.destroy();
      return undefined;
    }
    pieces.push(piece);
  }
  if (!answer.body.complete) throw new Error('incomplete');
  return Buffer.concat(pieces, length).toString('utf8');
}

/**
 * The lines of a stream, those of one piece at a time; an unfinished last line is dropped. Memory is bounded by the limit.
 * @returns (as the generator's value) `too-long` when one line has more than `limit` bytes, else undefined at the end
 */
export async function* readLines(
  answer: Pick<HttpAnswer, 'headers' | 'body'>,
  limit: number,
): AsyncGenerator<readonly string[], 'too-long' | undefined, undefined> {
  let rest: Buffer[] = [];
  let restLength = 0;
  for await (const piece of decoded(answer) as AsyncIterable<Buffer>) {
    const lines: string[] = [];
    let start = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, start)) {
      if (restLength + end - start > limit) return 'too-long';
      const part = piece.subarray(start, end);
      const line = rest.length === 0 ? part : Buffer.concat([...rest, part]);
      if (line.length > 0) lines.push(line.toString('utf8'));
      rest = [];
      restLength = 0;
      start = end + 1;
    }
    if (start < piece.length) {
      rest.push(piece.subarray(start));
      restLength += piece.length - start;
      if (restLength > limit) return 'too-long';
    }
    // Also for a piece without a whole line: it is a sign of life.
    yield lines;
  }
  return undefined;
}
