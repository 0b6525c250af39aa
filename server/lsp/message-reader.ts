import { type Readable } from 'node:stream';
import {
  AbstractMessageReader,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
} from 'vscode-languageserver/node';

// Longer than any header a client writes: what has no end by then is no header.
const longestHeader = 4096;
const headerEnd = Buffer.from('\r\n\r\n');

/**
 * Messages of the LSP base protocol on a stream, told in the turn of the event loop in which their last byte came: the
 * library's own reader takes one or two turns more for each (docs/decisions/0031).
 * What is no message is an error of the reader, and reading goes on behind it.
 */
export class StreamReader extends AbstractMessageReader implements MessageReader {
  readonly #input: Readable;
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** Bytes of header and body that have to be here before anything can be done. */
  #needed = 0;

  constructor(input: Readable) {
    super();
    this.#input = input;
  }

  listen(callback: DataCallback): Disposable {
    const onData = (chunk: Buffer): void => {
      this.#chunks.push(chunk);
      this.#bytes += chunk.length;
      if (this.#bytes >= this.#needed) this.#read(callback);
    };
    const onError = (error: Error): void => this.fireError(error);
    const onClose = (): void => this.fireClose();
    this.#input.on('data', onData).on('error', onError).on('close', onClose);
    return {
      dispose: () => void this.#input.off('data', onData).off('error', onError).off('close', onClose),
    };
  }

  #read(callback: DataCallback): void {
    const [first = Buffer.alloc(0)] = this.#chunks;
    const all = this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    let at = 0;
    this.#needed = 0;
    while (at < all.length) {
      const end = all.indexOf(headerEnd, at);
      if (end < 0) {
        if (all.length - at <= longestHeader) break;
        this.fireError(new Error(`${all.length - at} bytes without a header`));
        at = all.length;
        break;
      }
      const start = end + headerEnd.length;
      const length = lengthIn(all.toString('latin1', at, end));
      if (length === undefined) {
        this.fireError(new Error('a header without Content-Length'));
        at = start;
        continue;
      }
      if (all.length < start + length) {
        this.#needed = start + length - at;
        break;
      }
      at = start + length;
      const message = parse(all.toString('utf8', start, at));
      if (message instanceof Error) this.fireError(message);
      else callback(message);
    }
    const rest = all.subarray(at);
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#bytes = rest.length;
  }
}

/** undefined where a header names none. */
function lengthIn(header: string): number | undefined {
  const digits = /(?:^|\n)content-length:[ \t]*(\d{1,15})[ \t]*(?:\r|$)/i.exec(header)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function parse(text: string): Message | Error {
  try {
    return JSON.parse(text) as Message;
  } catch {
    // The parser's own sentence quotes the text.
    return new Error(`a message of ${text.length} characters is no JSON`);
  }
}
