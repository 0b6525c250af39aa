import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { type Message } from 'vscode-languageserver/node';
import { StreamWriter } from '../../../server/lsp/message-writer';

const message = (method: string): Message => ({ jsonrpc: '2.0', method }) as Message;
const framed = (value: Message): string => {
  const body = JSON.stringify(value);
  return `Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`;
};

test('what is handed over in one turn of the event loop leaves together, in its order', async () => {
  const left: string[] = [];
  const output = new Writable({
    write(chunk: Buffer, _encoding, callback) {
      left.push(chunk.toString());
      callback();
    },
  });
  const writer = new StreamWriter(output);
  const messages = ['a', 'line\r\n\r\n', '\u00e4'].map(message);
  const written = messages.map((each) => writer.write(each));
  assert.deepEqual(left, []);
  await Promise.all(written);
  assert.deepEqual(left, [messages.map(framed).join('')]);
  await writer.write(message('later'));
  assert.deepEqual(left.slice(1), [framed(message('later'))]);
});

test('a stream that takes nothing rejects what was handed over', async () => {
  const output = new Writable({
    write(_chunk, _encoding, callback) {
      callback(new Error('gone'));
    },
  });
  const writer = new StreamWriter(output);
  const errors: string[] = [];
  writer.onError(([{ message: text }]) => errors.push(text));
  const written = [message('a'), message('b')].map((each) => writer.write(each));
  for (const each of written) await assert.rejects(each, /gone/);
  assert.deepEqual(errors, ['gone']);
});
