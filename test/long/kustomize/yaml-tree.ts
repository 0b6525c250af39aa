/** YAML to be written: text stands as it is given, maps keep their order. */
export type Tree = string | readonly Tree[] | { readonly [key: string]: Tree };

const isList = (tree: Tree): tree is readonly Tree[] => Array.isArray(tree);

/** Block style, so that an empty value is a null as it is in files that people write. */
export function writeTree(tree: Tree, indent = ''): string {
  if (typeof tree === 'string') return tree === '' ? '\n' : ` ${tree.replaceAll('\n', `\n${indent}`)}\n`;
  const deeper = `${indent}  `;
  if (isList(tree)) {
    if (tree.length === 0) return ' []\n';
    return `\n${tree.map((item) => `${indent}-${inItem(writeTree(item, deeper), deeper)}`).join('')}`;
  }
  const entries = Object.entries(tree);
  if (entries.length === 0) return ' {}\n';
  return `\n${entries.map(([key, value]) => `${indent}${key}:${writeTree(value, deeper)}`).join('')}`;
}

/** The first line of a block goes behind the dash. */
function inItem(text: string, indent: string): string {
  return text.startsWith('\n' + indent) ? ` ${text.slice(1 + indent.length)}` : text;
}

/** A document or a file of one tree. */
export function writeDocument(tree: Tree): string {
  return writeTree(tree).replace(/^\n/, '');
}
