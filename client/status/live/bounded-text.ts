const longestMessage = 2000;

// Control characters, and marks that turn the direction of text: they let a name look like another.
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const hasUnprintable = new RegExp(unprintable.source);

/**
 * A text of the cluster as it may be shown: without control characters and marks of direction (line feeds and tabs
 * stay), at most 2,000 characters, an ellipsis where it was cut.
 */
export function boundedText(text: string, longest = longestMessage): string {
  const clean = hasUnprintable.test(text) ? text.replace(unprintable, '�') : text;
  if (clean.length <= longest) return clean;
  const end = /[\ud800-\udbff]/.test(clean.charAt(longest - 1)) ? longest - 1 : longest;
  // A slice keeps the whole text alive; joined and split anew, it is a text of its own.
  return Buffer.from(`${clean.slice(0, end)}…`).toString();
}

/** The first line of a text, at most `longest` characters: what fits beside a name. */
export function firstLine(text: string, longest = 120): string {
  const end = text.indexOf('\n');
  return boundedText((end < 0 ? text : text.slice(0, end)).trim(), longest);
}
