import { meaningOf } from '../generate/scalar';
import { type Node, type ScalarNode } from '../node';
import { type Styled } from './styled-text';

const singleFits = /^[^\n\r\t]*$/;
const needsQuotes = /^(?:[#,[\]{}&*!|>'"%@`]|---|\.\.\.|[?:-](?:\s|$)|\s)|:(?:\s|$)|\s#|\s$|^$/;
const needsQuotesInFlow = /[,[\]{}]/;

const single = (text: string): string => `'${text.replaceAll("'", "''")}'`;

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
  const written = mark === '>' ? lines.join('\n\n').split('\n') : lines;
  return `${mark}${hint}${chomp}\n${written.map((line) => (line === '' ? '' : margin + line)).join('\n')}`;
}

function content(node: ScalarNode, margin: string, isInFlow: boolean): string {
  if (node.style === 'double') return JSON.stringify(node.text);
  if (node.style === 'single' && singleFits.test(node.text)) return single(node.text);
  const isBlock = node.style === 'literal' || node.style === 'folded' || node.text.includes('\n');
  if (isBlock && !isInFlow && node.text !== '') return block(node, margin);
  return node.text.includes('\n') ? JSON.stringify(node.text) : plain(node, isInFlow);
}

/** What stands before a value: its anchor and its tag. */
const properties = (node: Node & Styled, tag: string): string =>
  [node.anchor === undefined ? '' : `&${node.anchor}`, tag].filter((part) => part !== '').join(' ');

function scalar(node: ScalarNode & Styled, margin: string, isInFlow: boolean): string {
  return `${properties(node, tagOf(node))} ${content(node, margin, isInFlow)}`.trim();
}

function flow(node: Node & Styled): string {
  if (node.alias !== undefined) return `*${node.alias}`;
  if (node.kind === 'scalar') return scalar(node, '', true);
  if (node.kind === 'list') return `[${node.items.map(flow).join(', ')}]`;
  const entries = Array.from(node.entries, ([name, value]: [string, Node & Styled]) => {
    const written = flow(value);
    return written === '' ? `${key(name, value)}:` : `${key(name, value)}: ${written}`;
  });
  return `{${entries.join(', ')}}`;
}

function key(name: string, { quotedKey }: Styled): string {
  return quotedKey ?? (plain({ kind: 'scalar', text: name, style: 'plain', origin: 0 }, true) || `""`);
}

const isBlockNode = (node: Node & Styled): boolean =>
  node.alias === undefined &&
  ((node.kind === 'map' && node.entries.size > 0 && node.flow !== true) ||
    (node.kind === 'list' && node.items.length > 0 && node.flow !== true));

const behind = ({ line }: Styled): string => (line === undefined ? '' : ` ${line}`);

function lines(node: Node & Styled, margin: string): string[] {
  if (node.kind === 'list') {
    return node.items.flatMap((item: Node & Styled) => {
      const heads = (item.head ?? []).map((line) => margin + line);
      if (!isBlockNode(item)) return [...heads, `${margin}- ${inline(item, `${margin}  `)}`.trimEnd()];
      const [first = '', ...rest] = lines(item, `${margin}  `);
      return [...heads, `${margin}- ${first.trimStart()}`, ...rest];
    });
  }
  if (node.kind === 'scalar') return [inline(node, '  ')];
  return Array.from(node.entries).flatMap(([name, value]: [string, Node & Styled]) => {
    const heads = (value.head ?? []).map((line) => margin + line);
    if (!isBlockNode(value))
      return [...heads, `${margin}${key(name, value)}: ${inline(value, `${margin}  `)}`.trimEnd()];
    const below = lines(value, value.kind === 'list' ? margin : `${margin}  `);
    const before = properties(value, '');
    return [...heads, `${margin}${key(name, value)}:${before === '' ? '' : ` ${before}`}${behind(value)}`, ...below];
  });
}

function inline(node: Node & Styled, margin: string): string {
  return (node.kind === 'scalar' && node.alias === undefined ? scalar(node, margin, false) : flow(node)) + behind(node);
}

/**
 * A value as go-yaml v3 writes it with the styles and comments it was read with, without blanks around it: two blanks
 * of indent, lists not indented, lines not folded. Comments that stand between blank lines are not told apart.
 */
export function printStyled(node: Node & Styled): string {
  const body = isBlockNode(node) ? lines(node, '') : [inline(node, '  ')];
  return [...body, ...(node.foot ?? [])].join('\n').trim();
}
