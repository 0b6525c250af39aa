import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

interface Traces {
  readonly findTraces: (marker: string, folders: readonly string[]) => { readonly found: readonly string[] };
  readonly unsnappy: (packed: Buffer) => Buffer;
}

const load = async (): Promise<Traces> =>
  (await import(pathToFileURL(resolve('test/editor/traces.mjs')).href)) as Traces;

const marker = 'Qgaezkpmbdqsnrjhwcfxtvlq';
const before = (count: number, text: string): Buffer => Buffer.from('x'.repeat(count) + text);

/** A literal of a tag and its bytes, then a copy of two bytes from far behind: what Snappy writes. */
const packed = (text: string): Buffer =>
  Buffer.concat([
    Buffer.from([text.length + 4, (text.length - 1) << 2]),
    Buffer.from(text),
    Buffer.from([(4 - 1) * 4 + 2, text.length, 0]),
  ]);

/** A table of LevelDB with one block, which is packed: index and footer as its document has them. */
function table(): Buffer {
  // The marker's second third is a copy of what stands before it, so that only the unpacked block holds it whole.
  const literal = (text: string): Buffer => Buffer.concat([Buffer.from([(text.length - 1) << 2]), Buffer.from(text)]);
  const copy = Buffer.from([(8 - 1) * 4 + 2, 16, 0]);
  const pieces = [literal(`${marker.slice(8, 16)}${marker.slice(0, 8)}`), copy, literal(marker.slice(16))];
  const block = Buffer.concat([Buffer.from([32]), ...pieces]);
  const empty = Buffer.from([0, 0, 0, 0, 1, 0, 0, 0]);
  const trailer = (isPacked: boolean): Buffer => Buffer.from([isPacked ? 1 : 0, 0, 0, 0, 0]);
  const entry = Buffer.from([0, 1, 2, 0x61, 0, block.length]);
  const index = Buffer.concat([entry, Buffer.from([0, 0, 0, 0, 1, 0, 0, 0])]);
  const metaAt = block.length + 5;
  const indexAt = metaAt + empty.length + 5;
  const handles = Buffer.alloc(40);
  handles.set([metaAt, empty.length, indexAt, index.length]);
  const magic = Buffer.alloc(8);
  magic.writeBigUInt64LE(0xdb4775248b80fb57n);
  return Buffer.concat([block, trailer(true), empty, trailer(false), index, trailer(false), handles, magic]);
}

const hidden: Readonly<Record<string, Buffer>> = {
  'utf8.txt': before(5, marker),
  'utf16.bin': Buffer.from(`ab${marker}`, 'utf16le'),
  'utf16be.bin': Buffer.from(marker, 'utf16le').swap16(),
  'base64-0.txt': Buffer.from(before(3, `${marker}yy`).toString('base64')),
  'base64-1.txt': Buffer.from(before(1, `${marker}yy`).toString('base64')),
  'base64-2.txt': Buffer.from(before(2, marker).toString('base64url')),
  'base64-utf16.txt': Buffer.from(Buffer.from(marker, 'utf16le').toString('base64')),
  'hex.txt': Buffer.from(Buffer.from(marker).toString('hex')),
  'percent.txt': Buffer.from(Buffer.from(marker).toString('hex').toUpperCase().replace(/../g, '%$&')),
  '000003.ldb': table(),
};

test('the search of the leak scene finds each form, and nothing where nothing is', async () => {
  const { findTraces } = await load();
  for (const [name, bytes] of Object.entries(hidden)) {
    const folder = mkdtempSync(join(tmpdir(), 'traces-'));
    try {
      writeFileSync(join(folder, name), bytes);
      assert.notEqual(findTraces(marker, [folder]).found.length, 0, name);
      assert.deepEqual(findTraces(`Z${marker.slice(1)}`, [folder]).found, [], name);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
});

test('blocks are unpacked: literals, and copies that overlap themselves', async () => {
  const { unsnappy } = await load();
  assert.equal(unsnappy(packed('abcdefgh')).toString(), 'abcdefghabcd');
  assert.equal(unsnappy(Buffer.from([8, 4, 0x61, 0x62, (6 - 4) * 4 + 1, 2])).toString(), 'abababab');
});
