import { Writable } from 'node:stream';

const endOfHeader = '\r\n\r\n';

/**
 * The stream that a JSON-RPC writer gets in the place of `output`. The writer hands over header and body of a message one
 * after the other, each of which would be a system call and wake the client; they leave together.
 */
export function wholeMessages(output: Writable): Writable {
  let header: Buffer | undefined;
  return new Writable({
    write(chunk: Buffer, _encoding, callback) {
      if (header === undefined && chunk.length < 256 && chunk.subarray(-4).toString('latin1') === endOfHeader) {
        header = chunk;
        callback();
        return;
      }
      const message = header === undefined ? chunk : Buffer.concat([header, chunk]);
      header = undefined;
      output.write(message, callback);
    },
  });
}
