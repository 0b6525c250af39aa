// @ts-check
// Looks for a text in everything below a folder, in every form in which programs keep texts.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const largest = 512 * 1024 * 1024;

/**
 * The forms: UTF-8, UTF-16 either way, base64 and hexadecimal of them, and percent signs.
 * @param {string} marker letters and digits, at least 16
 * @returns {{ name: string, bytes: Buffer }[]}
 */
export function formsOf(marker) {
  const utf8 = Buffer.from(marker, 'utf8');
  const utf16 = Buffer.from(marker, 'utf16le');
  const utf16be = Buffer.from(utf16).swap16();
  const forms = [
    { name: 'UTF-8', bytes: utf8 },
    { name: 'UTF-16', bytes: utf16 },
    { name: 'UTF-16 big-endian', bytes: utf16be },
  ];
  for (const [name, bytes] of /** @type {const} */ ([
    ['UTF-8', utf8],
    ['UTF-16', utf16],
  ])) {
    for (let before = 0; before < 3; before += 1) {
      // What stands before and behind changes the first and last letters: the ones between stay.
      const whole = Buffer.concat([Buffer.alloc(before), bytes])
        .toString('base64')
        .replace(/=+$/, '');
      const inner = whole.slice(before === 0 ? 0 : before + 1, -2);
      for (const text of new Set([inner, inner.replaceAll('+', '-').replaceAll('/', '_')])) {
        forms.push({ name: `base64 of ${name}`, bytes: Buffer.from(text) });
        forms.push({ name: `UTF-16 of base64 of ${name}`, bytes: Buffer.from(text, 'utf16le') });
      }
    }
    const hex = bytes.toString('hex');
    const percent = (hex.match(/../g) ?? []).map((byte) => `%${byte}`).join('');
    for (const text of [hex, hex.toUpperCase(), percent, percent.toUpperCase()]) {
      forms.push({ name: `percent or hexadecimal of ${name}`, bytes: Buffer.from(text) });
    }
  }
  return forms;
}

/**
 * Where a text stands: file and form, a line each.
 * @param {string} marker
 * @param {readonly string[]} folders
 * @returns {{ found: string[], files: number, blocks: number }} `blocks`: of databases, unpacked
 */
export function findTraces(marker, folders) {
  const forms = formsOf(marker);
  /** @type {string[]} */
  const found = [];
  let files = 0;
  let blocks = 0;
  /** @param {string} where @param {Buffer} bytes */
  const look = (where, bytes) => {
    for (const form of forms) if (bytes.includes(form.bytes)) found.push(`${where}: ${form.name}`);
  };
  for (const folder of folders) {
    for (const path of filesBelow(folder)) {
      if (Buffer.from(path).includes(marker)) found.push(`${path}: its name`);
      let bytes;
      try {
        if (statSync(path).size > largest) throw new Error(`${path} is too large to be searched`);
        bytes = readFileSync(path);
      } catch (error) {
        // A file that went away meanwhile holds nothing any more.
        if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') continue;
        throw error;
      }
      files += 1;
      look(path, bytes);
      for (const block of /\.ldb$|\.sst$/.test(path)
        ? tableBlocks(bytes)
        : /\.log$/.test(path)
          ? [logRecords(bytes)]
          : []) {
        blocks += 1;
        look(`${path}, unpacked`, block);
      }
    }
  }
  return { found, files, blocks };
}

/** @param {string} folder @returns {Generator<string>} */
function* filesBelow(folder) {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

/**
 * The records of a log of LevelDB behind one another: it cuts them into blocks of 32 KiB, each piece behind seven bytes.
 * @param {Buffer} bytes
 */
function logRecords(bytes) {
  const pieces = [];
  for (let block = 0; block < bytes.length; block += 32_768) {
    const end = Math.min(block + 32_768, bytes.length);
    for (let at = block; at + 7 <= end;) {
      const length = bytes.readUInt16LE(at + 4);
      const type = bytes[at + 6] ?? 0;
      if (type < 1 || type > 4 || at + 7 + length > end) break;
      pieces.push(bytes.subarray(at + 7, at + 7 + length));
      at += 7 + length;
    }
  }
  return Buffer.concat(pieces);
}

/**
 * The blocks of a table of LevelDB (its document doc/table_format.md), unpacked.
 * @param {Buffer} bytes
 * @returns {Buffer[]}
 */
export function tableBlocks(bytes) {
  if (bytes.length < 48 || bytes.readBigUInt64LE(bytes.length - 8) !== 0xdb4775248b80fb57n) return [];
  const footer = reader(bytes, bytes.length - 48);
  const handles = [readHandle(footer), readHandle(footer)];
  const blocks = handles.map((handle) => readBlock(bytes, handle));
  const index = blocks[1];
  if (index === undefined) return [];
  const entries = index.length - 4 - 4 * index.readUInt32LE(index.length - 4);
  const at = reader(index, 0);
  while (at.position < entries) {
    at.varint();
    const own = at.varint();
    const length = at.varint();
    at.position += own;
    const next = at.position + length;
    blocks.push(readBlock(bytes, readHandle(at)));
    at.position = next;
  }
  return blocks;
}

/** @param {Buffer} bytes @param {{ offset: number, size: number }} handle */
function readBlock(bytes, { offset, size }) {
  const content = bytes.subarray(offset, offset + size);
  return bytes[offset + size] === 1 ? unsnappy(content) : content;
}

/** @param {ReturnType<typeof reader>} at */
function readHandle(at) {
  const offset = at.varint();
  return { offset, size: at.varint() };
}

/** @param {Buffer} bytes @param {number} position */
function reader(bytes, position) {
  return {
    position,
    varint() {
      let value = 0;
      for (let shift = 1; ; shift *= 128) {
        const byte = bytes[this.position++] ?? 0;
        value += (byte & 127) * shift;
        if (byte < 128) return value;
      }
    },
  };
}

/**
 * Unpacks Snappy (its document format_description.txt).
 * @param {Buffer} packed
 */
export function unsnappy(packed) {
  const at = reader(packed, 0);
  const result = Buffer.alloc(at.varint());
  let to = 0;
  let { position } = at;
  /** @param {number} bytes */
  const number = (bytes) => {
    const value = packed.readUIntLE(position, bytes);
    position += bytes;
    return value;
  };
  while (position < packed.length) {
    const tag = packed[position++] ?? 0;
    const kind = tag & 3;
    let length = tag >> 2;
    if (kind === 0) {
      if (length >= 60) length = number(length - 59);
      length += 1;
      packed.copy(result, to, position, position + length);
      position += length;
      to += length;
      continue;
    }
    let offset;
    if (kind === 1) {
      length = ((tag >> 2) & 7) + 4;
      offset = ((tag >> 5) << 8) | number(1);
    } else {
      length += 1;
      offset = number(kind === 2 ? 2 : 4);
    }
    // Byte by byte, since what is copied may still be on its way.
    for (let count = 0; count < length; count += 1, to += 1) result[to] = result[to - offset] ?? 0;
  }
  return result;
}
