import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A certificate authority made for one test. */
export interface TestAuthority {
  readonly certificate: string;
  /** A certificate for `127.0.0.1` and `localhost`, or for the given host name alone. */
  issue(options?: { readonly host?: string; readonly name?: string; readonly expired?: boolean }): {
    readonly certificate: string;
    readonly key: string;
  };
}

type Bytes = Buffer;

// Just enough of DER (X.690) for X.509 certificates (RFC 5280).
const tlv = (tag: number, ...parts: Bytes[]): Bytes => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
};
const sequence = (...parts: Bytes[]): Bytes => tlv(0x30, ...parts);
const oid = (text: string): Bytes => {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const number of rest) {
    const digits = [number & 127];
    for (let left = number >> 7; left > 0; left >>= 7) digits.unshift((left & 127) | 128);
    bytes.push(...digits);
  }
  return tlv(0x06, Buffer.from(bytes));
};
const integer = (value: number): Bytes => tlv(0x02, Buffer.from([value]));
const name = (common: string): Bytes => sequence(tlv(0x31, sequence(oid('2.5.4.3'), tlv(0x0c, Buffer.from(common)))));
const time = (year: number): Bytes => tlv(0x18, Buffer.from(`${year}0101000000Z`));
const bits = (content: Bytes): Bytes => tlv(0x03, Buffer.from([0]), content);
const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
const extension = (id: string, value: Bytes): Bytes => sequence(oid(id), tlv(0x04, value));
const pem = (der: Bytes): string =>
  `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;

interface Names {
  readonly subject: string;
  readonly issuer: string;
}

function certificate(key: KeyObject, signer: KeyObject, names: Names, until: number, extensions: Bytes[]): string {
  const body = sequence(
    tlv(0xa0, integer(2)),
    integer(1 + Math.floor(Math.random() * 100)),
    algorithm,
    name(names.issuer),
    sequence(time(2020), time(until)),
    name(names.subject),
    key.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(...extensions)),
  );
  return pem(sequence(body, algorithm, bits(sign('sha256', body, signer))));
}

const pair = (): { publicKey: KeyObject; privateKey: KeyObject } => generateKeyPairSync('ec', { namedCurve: 'P-256' });

export function createAuthority(subject = 'test-ca'): TestAuthority {
  const { publicKey, privateKey } = pair();
  const isAuthority = extension('2.5.29.19', sequence(tlv(0x01, Buffer.from([255]))));
  const names = { subject, issuer: subject };
  return {
    certificate: certificate(publicKey, privateKey, names, 2099, [isAuthority]),
    issue({ host, name: common = 'test', expired = false } = {}) {
      const own = pair();
      const address = tlv(0x87, Buffer.from([127, 0, 0, 1]));
      const dns = (text: string): Bytes => tlv(0x82, Buffer.from(text));
      const places = sequence(...(host === undefined ? [address, dns('localhost')] : [dns(host)]));
      const issued = { subject: common, issuer: subject };
      return {
        certificate: certificate(own.publicKey, privateKey, issued, expired ? 2021 : 2099, [
          extension('2.5.29.17', places),
        ]),
        key: String(own.privateKey.export({ type: 'pkcs8', format: 'pem' })),
      };
    },
  };
}
