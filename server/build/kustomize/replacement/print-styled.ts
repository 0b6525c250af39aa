import { writeFolded } from '../emit/fold';
import { meaningOf } from '../generate/scalar';
import { type ListNode, type MapNode, type Node, type ScalarNode } from '../node';
import { type Styled } from './styled-text';

/** Without blanks around line breaks, which only double quotes keep. */
const singleFits = /^(?!.*(?: \n|\n ))[^\r\t]*$/s;
const needsQuotes = /^(?:[#,[\]{}&*!|>'"%@`]|---|\.\.\.|[?:-](?:\s|$)|\s)|:(?:\s|$)|\s#|\s$|^$/;
const needsQuotesInFlow = /[,[\]{}]/;

const single = (text: string, margin = ''): string =>
  `'${text.replaceAll("'", "''").replace(/\n+/g, (breaks) => `\n${breaks}${margin}`)}'`;

/** The tag that has to be written, since the text alone means something else; '' for none (encode.go, node). */
function tagOf(node: ScalarNode & Styled): string {
  const { tag, text, style } = node;
  if (tag === undefined || node.tagged === true) return tag ?? '';
  if (tag === '!!str') return '';
  const { kind } = meaningOf({ kind: 'scalar', text, style: 'plain', origin: node.origin });
  return tag === `!!${kind === 'string' ? 'str' : kind}` && style === 'plain' ? '' : tag;
}

function plain(node: ScalarNode & Styled, isInFlow: boolean): string {
  const { text, tag, origin } = node;
  const isText = tag === '!!str' && node.tagged !== true;
  if (isText && meaningOf({ kind: 'scalar', text, style: 'plain', origin }).kind !== 'string')
    return JSON.stringify(text);
  if (text === '') return isInFlow ? "''" : '';
  return needsQuotes.test(text) || (isInFlow && needsQuotesInFlow.test(text)) ? single(text) : text;
}

function block(node: ScalarNode, margin: string): string {
  const mark = node.style === 'folded' ? '>' : '|';
  const stripped = node.text.replace(/\n+$/, '');
  const breaks = node.text.length - stripped.length;
  const chomp = breaks === 0 ? '-' : breaks === 1 && stripped !== '' ? '' : '+';
  const hint = /^[ \n]/.test(node.text) ? '2' : '';
  const lines = (breaks > 1 ? node.text.slice(0, -1) : stripped).split('\n');
  const written = mark === '>' ? writeFolded(node.text) : lines;
  return `${mark}${hint}${chomp}\n${written.map((line) => (line === '' ? '' : margin + line)).join('\n')}`;
}

function content(node: ScalarNode, margin: string, isInFlow: boolean): string {
  if (node.style === 'double') return JSON.stringify(node.text);
  if (node.style === 'single' && singleFits.test(node.text) && !(isInFlow && node.text.includes('\n')))
    return single(node.text, margin);
  const isBlock = node.style === 'literal' || node.style === 'folded' || node.text.includes('\n');
  if (isBlock && !isInFlow && node.text !== '') return block(node, margin);
  return node.text.includes('\n') ? JSON.stringify(node.text) : plain(node, isInFlow);
}

/** What stands before a value: its anchor and its tag. */
const properties = (node: Node & Styled, tag: string): string =>
  [node.anchor === undefined ? '' : `&${node.anchor}`, tag].filter((part) => part !== '').join(' ');

function scalar(node: ScalarNode & Styled, margin: string, isInFlow: boolean): string {
  return [properties(node, tagOf(node)), content(node, margin, isInFlow)].filter((part) => part !== '').join(' ');
}

function flow(node: Node & Styled): string {
  if (node.alias !== undefined) return `*${node.alias}`;
  if (node.kind === 'scalar') return scalar(node, '', true);
  const before = properties(node, '');
  return before === '' ? brackets(node) : `${before} ${brackets(node)}`;
}

function brackets(node: (MapNode | ListNode) & Styled): string {
  if (node.kind === 'list') return `[${node.items.map(flow).join(', ')}]`;
  const entries = Array.from(node.entries, ([name, value]: [string, Node & Styled]) => {
    const written = flow(value);
    return written === '' ? `${key(name, value)}:` : `${key(name, value)}: ${written}`;
  });
  return `{${entries.join(', ')}}`;
}

function key(name: string, { quotedKey }: Styled): string {
  // Go's tag of a merge key is not one that it would find by itself.
  if (quotedKey === undefined && name === '<<') return '!!merge <<';
  return quotedKey ?? (plain({ kind: 'scalar', text: name, style: 'plain', origin: 0 }, true) || `""`);
}

const isBlockNode = (node: Node & Styled): boolean =>
  node.alias === undefined &&
  ((node.kind === 'map' && node.entries.size > 0 && node.flow !== true) ||
    (node.kind === 'list' && node.items.length > 0 && node.flow !== true));

const behind = ({ line }: Styled): string => (line === undefined ? '' : ` ${line}`);

/** Comments above and below a value; those below are parted from what follows. */
function around({ head = [], foot = [] }: Styled, margin: string, isLast: boolean): [string[], string[]] {
  const indented = (line: string): string => (line === '' ? '' : margin + line);
  const feet = foot.map(indented);
  return [head.map(indented), feet.length === 0 || isLast ? feet : [...feet, '']];
}

/** A value behind its key or dash; nothing at all takes no blank, a comment has its own. */
const spaced = (before: string, written: string): string =>
  written === '' || written.startsWith(' ') ? before + written : `${before} ${written}`;

function lines(node: Node & Styled, margin: string): string[] {
  if (node.kind === 'list') {
    return node.items.flatMap((item: Node & Styled) => {
      const [heads, feet] = around(item, margin, item === node.items.at(-1));
      if (!isBlockNode(item)) return [...heads, spaced(`${margin}-`, inline(item, `${margin}  `)), ...feet];
      const [first = '', ...rest] = lines(item, `${margin}  `);
      // A comment behind the dash leaves the value for the next line.
      if (item.line !== undefined) return [...heads, `${margin}-${behind(item)}`, first, ...rest, ...feet];
      return [...heads, `${margin}- ${first.trimStart()}`, ...rest, ...feet];
    });
  }
  if (node.kind === 'scalar') return [inline(node, '  ')];
  const last = [...node.entries.values()].at(-1);
  return Array.from(node.entries).flatMap(([name, value]: [string, Node & Styled]) => {
    const [heads, feet] = around(value, margin, value === last);
    if (!isBlockNode(value)) {
      return [...heads, spaced(`${margin}${key(name, value)}:`, inline(value, `${margin}  `)), ...feet];
    }
    const below = lines(value, value.kind === 'list' ? margin : `${margin}  `);
    const before = properties(value, '');
    return [
      ...heads,
      `${margin}${key(name, value)}:${before === '' ? '' : ` ${before}`}${behind(value)}`,
      ...below,
      ...feet,
    ];
  });
}

function inline(node: Node & Styled, margin: string): string {
  if (node.kind !== 'scalar' || node.alias !== undefined) return flow(node) + behind(node);
  const written = scalar(node, margin, false);
  if (node.line === undefined || (node.style !== 'literal' && node.style !== 'folded')) return written + behind(node);
  return written.replace(/\n|$/, (end) => behind(node) + end);
}

/**
 * A value as go-yaml v3 writes it with the styles and comments it was read with, without blanks around it: two blanks
 * of indent, lists not indented, lines not folded.
 */
export function printStyled(node: Node & Styled): string {
  const body = isBlockNode(node) ? lines(node, '') : [inline(node, '  ')];
  return [...body, ...(node.end === undefined ? [] : ['', ...node.end])].join('\n').trim();
}
