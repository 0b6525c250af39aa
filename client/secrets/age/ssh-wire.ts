import { createHash } from 'node:crypto';

/** Takes the parts of SSH's binary form one by one (RFC 4251); undefined behind the end. */
export class WireReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  uint32(): number | undefined {
    if (this.at + 4 > this.bytes.length) return undefined;
    this.at += 4;
    return this.bytes.readUInt32BE(this.at - 4);
  }

  string(): Buffer | undefined {
    const length = this.uint32();
    if (length === undefined || this.at + length > this.bytes.length) return undefined;
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** All that was not taken yet. */
  rest(): Buffer {
    return this.bytes.subarray(this.at);
  }

  text(): string | undefined {
    return this.string()?.toString('latin1');
  }

  /** A positive number without leading zero bytes. */
  number(): Buffer | undefined {
    const bytes = this.string();
    const start = bytes?.findIndex((byte) => byte !== 0) ?? -1;
    return start < 0 ? bytes : bytes?.subarray(start);
  }
}

/** One part of SSH's binary form: its length, then its bytes. */
export function wireString(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A number as SSH writes it: a zero byte first when the highest bit is set. */
export function wireNumber(bytes: Uint8Array): Buffer {
  return wireString((bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);
}

/** Without padding, as age writes all its base64. */
export const rawBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** By this an identity knows its stanza: four bytes of the hash of the public key in SSH's form. */
export function sshTag(publicKey: Uint8Array): string {
  return rawBase64(createHash('sha256').update(publicKey).digest().subarray(0, 4));
}
