// The field of 256 elements that AES uses, modulo x^8 + x^4 + x^3 + x + 1 (SOPS and HashiCorp Vault split keys in it).
// Products take the same steps whatever the bits are: the factors are secret.

/** Product of two elements. */
export function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    const carry = -(product >> 7) & 0x1b;
    product = ((product << 1) & 0xff) ^ carry ^ (-((b >> bit) & 1) & a);
  }
  return product;
}

/** The element whose product with this one is 1: its 254th power. 0 for 0. */
export function inverse(a: number): number {
  let power = a;
  for (let step = 0; step < 6; step++) power = multiply(multiply(power, power), a);
  return multiply(power, power);
}
