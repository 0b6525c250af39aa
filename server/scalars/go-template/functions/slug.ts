// A label of Kubernetes has no more characters, and Flux Operator sets this.
const longest = 63;

/**
 * A text as a part of a name (gosimple/slug in English, cut between words as Flux Operator has it). undefined for letters
 * that are more than a Latin one with an accent.
 */
export function slugify(text: string): string | undefined {
  const plain = text
    .trim()
    .replaceAll(/["'’]/g, '')
    .replaceAll(/[‒–—―]/g, '-')
    .replaceAll('&', 'and')
    .replaceAll('@', 'at')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '');
  if (/[^\x00-\x7f]/.test(plain)) return undefined;
  const slug = plain
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '-')
    .replaceAll(/-+/g, '-')
    .replace(/^[-_]+/, '')
    .replace(/[-_]+$/, '');
  return slug.length <= longest ? slug : shortened(slug);
}

function shortened(slug: string): string {
  const [first = '', ...words] = slug.split('-');
  if (first.length > longest) return first.slice(0, longest);
  let made = first;
  for (const word of words) {
    if (made.length + 1 + word.length > longest) break;
    made += `-${word}`;
  }
  return made;
}
