import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { mock, test } from 'node:test';
import { StreamReader } from '../../../server/lsp/message-reader';

interface Told {
  readonly messages: readonly unknown[];
  readonly errors: readonly string[];
}

/** What is told of bytes that arrive in these pieces. */
function read(pieces: readonly Buffer[]): Told {
  const input = new PassThrough();
  const messages: unknown[] = [];
  const errors: string[] = [];
  const reader = new StreamReader(input);
  reader.onError(({ message }) => errors.push(message));
  reader.listen((message) => messages.push(message));
  // As the stream would emit them, but at once.
  for (const piece of pieces) input.emit('data', piece);
  return { messages, errors };
}

const framed = (body: string, header = `Content-Length: ${String(Buffer.byteLength(body))}\r\n`): Buffer =>
  Buffer.from(`${header}\r\n${body}`);
const bodies = ['{"jsonrpc":"2.0","method":"a"}', '{"jsonrpc":"2.0","text":"\u00e4 \u{1f600} \\r\\n\\r\\n"}', '{}'];
const messages: readonly unknown[] = bodies.map((body) => JSON.parse(body) as unknown);

test('messages are told whole, wherever the bytes were cut', () => {
  const bytes = Buffer.concat(bodies.map((body) => framed(body)));
  assert.deepEqual(read([bytes]), { messages, errors: [] });
  for (let size = 1; size < bytes.length; size++) {
    const pieces: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
    assert.deepEqual(read(pieces), { messages, errors: [] }, `pieces of ${String(size)} bytes`);
  }
});

test('headers may be spelled as the protocol allows', () => {
  const length = String(Buffer.byteLength('{}'));
  for (const header of [
    `content-length:${length}\r\n`,
    `Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: ${length}\r\n`,
    `Content-Length: ${length}\r\nContent-Type: application/vscode-jsonrpc; charset=utf8\r\n`,
  ])
    assert.deepEqual(read([framed('{}', header)]), { messages: [{}], errors: [] }, header);
});

test('what is no message is told as an error that quotes nothing, and reading goes on', () => {
  const next = framed('{"next":1}');
  const expected = (error: string): Told => ({ messages: [{ next: 1 }], errors: [error] });
  assert.deepEqual(read([framed('{"token":"s3cret",}'), next]), expected('a message of 19 characters is no JSON'));
  assert.deepEqual(read([Buffer.from('Content-Type: x\r\n\r\n'), next]), expected('a header without Content-Length'));
  assert.deepEqual(
    read([Buffer.from('Content-Length: many\r\n\r\n'), next]),
    expected('a header without Content-Length'),
  );
  assert.deepEqual(read([Buffer.alloc(5000, 'x'), next]), expected('5000 bytes without a header'));
});

test('a long message in many pieces is put together once', () => {
  const body = JSON.stringify({ text: 'x'.repeat(4_000_000) });
  const bytes = framed(body);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 100) pieces.push(bytes.subarray(at, at + 100));
  const concat = mock.method(Buffer, 'concat');
  assert.equal(read(pieces).messages.length, 1);
  const copied = concat.mock.calls.reduce((sum, { result }) => sum + (result?.length ?? 0), 0);
  concat.mock.restore();
  assert.ok(copied < 2 * bytes.length, `${String(copied)} bytes were copied for ${String(bytes.length)}`);
});
