import { randomBytes } from 'node:crypto';
import { inverse, multiply } from './field';

/**
 * Splits a secret into shares of which `threshold` restore it (getsops/sops shamir): each byte is the value at 0 of a random
 * polynomial; a share holds its values at one point, and that point as its last byte.
 * @param parts at most 255, and at least `threshold`, which is at least 2
 */
export function splitSecret(secret: Uint8Array, parts: number, threshold: number): readonly Uint8Array[] {
  const shares = Array.from({ length: parts }, (_, index) => {
    const share = new Uint8Array(secret.length + 1);
    share[secret.length] = index + 1;
    return share;
  });
  for (const [at, byte] of secret.entries()) {
    const coefficients = randomBytes(threshold - 1);
    for (const [index, share] of shares.entries()) {
      let value = 0;
      for (const coefficient of coefficients) value = multiply(value, index + 1) ^ coefficient;
      share[at] = multiply(value, index + 1) ^ byte;
    }
    coefficients.fill(0);
  }
  return shares;
}

/** Restores a secret; undefined when shares do not belong together. Too few shares give a wrong secret, not undefined. */
export function combineShares(shares: readonly Uint8Array[]): Uint8Array | undefined {
  const length = shares[0]?.length ?? 0;
  const points = shares.map((share) => share.at(-1) ?? 0);
  if (shares.length < 2 || length < 2 || shares.some((share) => share.length !== length)) return undefined;
  if (new Set(points).size !== points.length || points.includes(0)) return undefined;
  // Weights of the values in the polynomial's value at 0 (Lagrange).
  const weights = points.map((point, index) =>
    points.reduce(
      (weight, other, at) => (at === index ? weight : multiply(weight, multiply(other, inverse(other ^ point)))),
      1,
    ),
  );
  const secret = new Uint8Array(length - 1);
  for (let at = 0; at < secret.length; at++) {
    let value = 0;
    for (const [index, share] of shares.entries()) value ^= multiply(share[at] ?? 0, weights[index] ?? 0);
    secret[at] = value;
  }
  return secret;
}
