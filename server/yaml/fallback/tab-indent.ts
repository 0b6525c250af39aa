import { type SyntaxFault } from '../document';
import { type YamlNode } from '../node';

const indentedByTab = /^ *\t/gm;

/** What stands around an offset. */
interface Surroundings {
  /** The scalar or bracket that holds the offset, or the last one that ends before it. */
  readonly leaf: YamlNode | undefined;
  /** Column of the innermost block collection that holds the leaf; -1 for none. */
  readonly indent: number;
}

/**
 * A fault for the first tab that go-yaml finds where it expects blanks only, in a line that holds nothing or a comment
 * behind it: the library passes over those (scannerc.go, `yaml_parser_scan_to_next_token`). Behind plain text a tab may
 * stand deeper than the map or list it belongs to.
 */
export function findTabIndent(text: string, root: YamlNode | undefined): SyntaxFault | undefined {
  for (const { index, 0: blanks } of text.matchAll(indentedByTab)) {
    const at = index + blanks.length - 1;
    const { leaf, indent } = around(text, root, at);
    if (leaf !== undefined && mayHoldTab(text, leaf, at, blanks.length - 1 > indent)) continue;
    const message = 'A tab stands where only blanks may. Flux cannot read the document.';
    return { code: 'syntax', start: at, end: at + 1, message };
  }
  return undefined;
}

function mayHoldTab(text: string, leaf: YamlNode, at: number, isDeeper: boolean): boolean {
  const isPlain = leaf.kind === 'scalar' && leaf.style === 'plain';
  const isBlock = leaf.kind === 'scalar' && (leaf.style === 'literal' || leaf.style === 'folded');
  // The library says itself what is wrong in a block.
  if (leaf.end > at) return !isPlain || isDeeper;
  return text.slice(leaf.end, at).trim() === '' && (isBlock || (isPlain && isDeeper));
}

function around(text: string, root: YamlNode | undefined, offset: number): Surroundings {
  let leaf: YamlNode | undefined;
  let indent = -1;
  const visit = (node: YamlNode | undefined, outer: number): void => {
    if (node === undefined || node.start > offset) return;
    if (node.kind === 'scalar' || node.kind === 'alias' || node.flow) {
      leaf = node;
      indent = outer;
      return;
    }
    const [first] = node.kind === 'map' ? [node.entries[0]?.key.start] : node.dashes;
    const column = columnOf(text, first ?? node.start);
    if (node.kind === 'sequence') for (const item of node.items) visit(item, column);
    else
      for (const { key, value } of node.entries) {
        visit(key, column);
        visit(value, column);
      }
  };
  visit(root, -1);
  return { leaf, indent };
}

const columnOf = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);
