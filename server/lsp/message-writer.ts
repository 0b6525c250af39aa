import { type Writable } from 'node:stream';
import { AbstractMessageWriter, type Message, type MessageWriter } from 'vscode-languageserver/node';

/**
 * Messages of the LSP base protocol to a stream. Every write is a system call that wakes the client: all that is handed
 * over before the turn of the event loop goes on leaves together, as findings and the notice that there are new ones
 * (docs/decisions/0031).
 */
export class StreamWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #output: Writable;
  #waiting = '';
  #leaving: Promise<void> = Promise.resolve();
  #failures = 0;

  constructor(output: Writable) {
    super();
    this.#output = output;
    output.on('error', (error: Error) => this.fireError(error, undefined, ++this.#failures));
    output.on('close', () => this.fireClose());
  }

  /** Ends when the message has left; rejects when the stream did not take it. */
  write(message: Message): Promise<void> {
    const body = JSON.stringify(message);
    if (this.#waiting === '') {
      this.#leaving = new Promise((resolve, reject) => {
        process.nextTick(() => {
          const together = this.#waiting;
          this.#waiting = '';
          this.#output.write(together, (error) => (error ? reject(error) : resolve()));
        });
      });
    }
    this.#waiting += `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    return this.#leaving;
  }

  end(): void {
    this.#output.end();
  }
}
