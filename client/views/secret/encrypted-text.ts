import { encryptedPrefix } from '../../../server/sops/encrypted-value';

/** Longer texts are no encrypted file: Flux and SOPS here take none. */
const longest = 5 * 1024 * 1024;

/** True for a text that has ciphertext of SOPS and its stanza, by their looks; cheap enough for every change of editors. */
export function isEncryptedText(text: string): boolean {
  if (text.length > longest || !text.includes(encryptedPrefix)) return false;
  return /^["']?sops["']?:|^[ \t]*"sops": ?\{|^sops_mac=|^\[sops\]/m.test(text);
}
