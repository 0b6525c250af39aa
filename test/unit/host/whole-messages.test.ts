import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { wholeMessages } from '../../../server/host/whole-messages';

test('header and body of a message leave together, in their order', async () => {
  const left: string[] = [];
  const output = new Writable({
    write(chunk: Buffer, _encoding, callback) {
      left.push(chunk.toString());
      callback();
    },
  });
  const stream = wholeMessages(output);
  const write = (text: string): Promise<void> =>
    new Promise((resolve, reject) => stream.write(text, (error) => (error ? reject(error) : resolve())));
  // A body that ends as a header does is no header.
  const messages = ['{"a":1}', '"line\r\n\r\n', '{"text":"\u00e4"}'].map((body) => ({
    header: `Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n`,
    body,
  }));
  for (const { header, body } of messages) {
    await write(header);
    await write(body);
  }
  assert.deepEqual(
    left,
    messages.map(({ header, body }) => header + body),
  );
});
