import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type ReadResult } from '../model/ports';

/** Larger files are not read: nobody writes them by hand, and one of 100 MB would stop everything else. */
export const maxFileBytes = 10 * 1024 * 1024;

// Windows has neither; bit operations take undefined for 0. Non-blocking, because opening a named pipe would wait for a
// writer.
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const replacement = '\ufffd';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied.',
  EPERM: 'permission is denied.',
  EISDIR: 'it is a folder.',
  EMFILE: 'too many files are open.',
  ENFILE: 'too many files are open.',
  EIO: 'the disk reports an error.',
  EBUSY: 'another program has locked it.',
};

/** The system's error code, such as `ENOENT`; empty for other errors. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** True when the last part of the path is a link, which is not opened. */
export const isLinkRefusal = (error: unknown): boolean => ['ELOOP', 'EMLINK'].includes(errorCode(error));

/** @returns what reading failed with, in words that follow "cannot be read:". */
export function failure(error: unknown): ReadResult {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ERR_INVALID_ARG_VALUE') return { kind: 'missing' };
  return { kind: 'unreadable', reason: reasons[code] ?? `the system answers ${code === '' ? 'with an error' : code}.` };
}

// Most files fit; one read is then enough, and neither size nor end has to be asked for.
const scratchBytes = 64 * 1024;

/** Reads whole files as text into a buffer of its own. */
export class TextReader {
  readonly #scratch = Buffer.allocUnsafeSlow(scratchBytes);

  /** The file's text, byte order mark kept. Throws what the system throws, for a link at the end of the path too. */
  read(place: string): ReadResult {
    const file = openSync(place, flags);
    try {
      const length = readSync(file, this.#scratch, 0, scratchBytes, null);
      if (length < scratchBytes) return decode(this.#scratch.subarray(0, length));
      const { size } = fstatSync(file);
      if (size > maxFileBytes) return { kind: 'too-large', bytes: size };
      return decode(readRest(file, this.#scratch, size));
    } finally {
      closeSync(file);
    }
  }
}

function readRest(file: number, head: Buffer, size: number): Buffer {
  let bytes = Buffer.allocUnsafe(Math.max(size, head.length) + 1);
  head.copy(bytes);
  let length = head.length;
  for (;;) {
    // The file may grow while it is read, but not beyond what is read at all.
    if (length === bytes.length && length <= maxFileBytes) bytes = Buffer.concat([bytes, Buffer.allocUnsafe(length)]);
    const read = readSync(file, bytes, length, bytes.length - length, null);
    if (read === 0) return bytes.subarray(0, length);
    length += read;
  }
}

/** Bytes as text; `offset` of invalid text is the UTF-16 offset of the first replacement character in it. */
export function decode(bytes: Buffer): ReadResult {
  const text = bytes.toString('utf8');
  if (isUtf8(bytes)) return { kind: 'text', text };
  let offset = 0;
  let byte = 0;
  for (;;) {
    const next = text.indexOf(replacement, offset);
    byte += Buffer.byteLength(text.slice(offset, next));
    // A replacement character that was written as such stands for three valid bytes.
    if (next < 0 || bytes.toString('latin1', byte, byte + 3) !== '\xef\xbf\xbd') {
      return { kind: 'invalid-utf8', text, offset: Math.max(next, 0), bytes: Uint8Array.from(bytes) };
    }
    offset = next + 1;
    byte += 3;
  }
}
