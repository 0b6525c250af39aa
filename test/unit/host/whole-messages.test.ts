import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { wholeMessages } from '../../../server/host/whole-messages';

test('what is handed over in one turn of the event loop leaves together, in its order', async () => {
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
  const messages = ['{"a":1}', '"line\r\n\r\n', '{"text":"\u00e4"}'].map((body) => ({
    header: `Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n`,
    body,
  }));
  for (const { header, body } of messages) {
    await write(header);
    await write(body);
  }
  assert.deepEqual(left, []);
  await new Promise((resolve) => setImmediate(resolve));
  const whole = messages.map(({ header, body }) => header + body);
  assert.deepEqual(left, [whole.join('')]);
  await write('{"later":1}');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(left, [whole.join(''), '{"later":1}']);
});
