import { Writable } from 'node:stream';

/**
 * The stream that a JSON-RPC writer gets in the place of `output`. The writer hands over header and body of each message one
 * after the other; every write is a system call that wakes the client. All that is handed over in one turn of the event
 * loop leaves together: findings, and that there are new ones.
 */
export function wholeMessages(output: Writable): Writable {
  let chunks: Buffer[] = [];
  const leave = (): void => {
    const together = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    chunks = [];
    output.write(together);
  };
  return new Writable({
    write(chunk: Buffer, _encoding, callback) {
      if (chunks.push(chunk) === 1) setImmediate(leave);
      callback();
    },
  });
}
