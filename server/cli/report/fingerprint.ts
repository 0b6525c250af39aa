import { sha256 } from '../../build/kustomize/generate/sha256';
import { type Finding } from '../../model/finding';

/**
 * Gives each finding a text that stays when lines move: a hash of code, file, object and message, and a number that
 * tells equal ones in a file apart. Findings must come in order of place.
 */
export function createFingerprints(): (finding: Finding) => string {
  const seen = new Map<string, number>();
  return ({ code, file, resource = '', message }) => {
    const identity = [code, file, resource, message].join('\0');
    const occurrence = seen.get(identity) ?? 0;
    seen.set(identity, occurrence + 1);
    return sha256(`${identity}\0${occurrence}`).slice(0, 32);
  };
}
