import { type Identity } from 'age-encryption';

/** What a text with age identities holds. `plugins`: lines only a plug-in program of age understands. */
export interface IdentityReading {
  readonly identities: readonly (string | Identity)[];
  readonly plugins: number;
  /** Lines (from 1) that are neither identities nor comments; SOPS then refuses the whole text. */
  readonly unreadable: readonly number[];
}

/** An age file by its first bytes, armored or not: identities behind a passphrase. */
export function isLocked(text: string): boolean {
  return text.startsWith('age-encryption') || text.startsWith('-----BEGIN AGE');
}

const native = /^AGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]+$/;

/**
 * Reads identities, one a line, as SOPS does (getsops/sops age/keysource.go).
 * @param severalPerLine in the variable SOPS_AGE_KEY, where blanks part them as well
 */
export function readIdentities(text: string, severalPerLine: boolean): IdentityReading {
  const identities: string[] = [];
  const unreadable: number[] = [];
  let plugins = 0;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === '' || line.startsWith('#')) continue;
    for (const word of severalPerLine ? line.split(/\s+/).filter((part) => part !== '') : [line]) {
      if (word.startsWith('AGE-PLUGIN-')) plugins++;
      else if (native.test(word)) identities.push(word);
      else unreadable.push(index + 1);
    }
  }
  return { identities, plugins, unreadable };
}
