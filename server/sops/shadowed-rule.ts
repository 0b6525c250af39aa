/** No real pattern is longer. */
const longest = 1000;

/**
 * True when every path that a regular expression is found in is one that an earlier one is found in too. Decided by form alone:
 * the earlier one is empty, fits anything, is the same, or stands as a whole in the later one; false where that says nothing.
 */
export function isShadowedBy(later: string, earlier: string): boolean {
  if (/^\^?(\.[*+])?\$?$/.test(earlier)) return true;
  if (later === earlier) return true;
  if (later.length > longest || earlier.length > longest) return false;
  // Flags change what the rest means, and of alternatives only one need be there.
  if (later.includes('(?') || earlier.includes('(?') || hasAlternatives(later) || hasAlternatives(earlier))
    return false;
  if (earlier.length < 2) return false;
  for (let at = later.indexOf(earlier); at >= 0; at = later.indexOf(earlier, at + 1)) {
    if (standsAlone(later.slice(0, at), later.slice(at + earlier.length))) return true;
  }
  return false;
}

/** True when what stands before and behind a piece of a pattern does not reach into it. */
function standsAlone(before: string, behind: string): boolean {
  const escapes = /\\*$/.exec(before)?.[0].length ?? 0;
  return escapes % 2 === 0 && isBalanced(before) && isBalanced(behind) && !/^[*+?{]/.test(behind);
}

/** Outside of groups and classes. */
function hasAlternatives(pattern: string): boolean {
  return outside(pattern).includes('|');
}

function isBalanced(pattern: string): boolean {
  const rest = pattern.replace(/\\./gs, '').replace(/\[\^?\]?[^\]]*\]/g, '');
  let depth = 0;
  for (const character of rest) {
    if (character === '[') return false;
    if (character === '(') depth++;
    if (character === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

/** The pattern without escapes, classes and groups. */
function outside(pattern: string): string {
  let rest = pattern.replace(/\\./gs, '').replace(/\[\^?\]?[^\]]*\]/g, '');
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/\([^()]*\)/g, '');
  }
  return rest;
}
