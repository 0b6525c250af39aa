import { type YamlDocument } from '../../../server/yaml/document';
import { type DocumentEdit, writeScalar } from '../../../server/yaml/edit';
import { type YamlScalar } from '../../../server/yaml/node';
import { resolveScalar } from '../../../server/yaml/scalar';
import { boolValue, fitsInt, floatValue, intValue, type PlainValue, textOf, textValue } from '../values/plain-value';

/** What a scalar is to SOPS; a reason where SOPS cannot hold it. */
export type ScalarReading =
  | { readonly kind: 'value'; readonly value: PlainValue }
  | { readonly kind: 'null' }
  | { readonly kind: 'unsupported'; readonly reason: string };

/** Reads a scalar as go-yaml v3 decodes it for SOPS. */
export function plainOfScalar(node: YamlScalar): ScalarReading {
  const resolved = resolveScalar(node);
  if (resolved.isMismatch === true) return { kind: 'unsupported', reason: 'its tag and its text do not fit' };
  switch (resolved.kind) {
    case 'null':
      return { kind: 'null' };
    case 'bool':
      return { kind: 'value', value: boolValue(resolved.value) };
    case 'int':
      if (!fitsInt(resolved.value)) return { kind: 'unsupported', reason: 'its number is larger than 64 bits hold' };
      return { kind: 'value', value: intValue(resolved.value) };
    case 'float':
      return { kind: 'value', value: floatValue(resolved.value) };
    case 'timestamp':
      return { kind: 'value', value: { type: 'time', bytes: Buffer.from(resolved.value, 'utf8') } };
    case 'binary':
      return { kind: 'value', value: { type: 'str', bytes: Buffer.from(node.text.replace(/\s/g, ''), 'base64') } };
    default:
      return { kind: 'value', value: textValue(resolved.value) };
  }
}

const words: ReadonlyMap<string, string> = new Map([
  ['NaN', '.nan'],
  ['+Inf', '.inf'],
  ['-Inf', '-.inf'],
]);

/** A value as a YAML scalar on one line that reads back with the same type. */
export function yamlTextOf(value: PlainValue, isInFlow: boolean): string {
  const text = textOf(value);
  switch (value.type) {
    case 'bool':
      return text.toLowerCase();
    case 'float':
      return words.get(text) ?? (/^-?\d+$/.test(text) ? `${text}.0` : text);
    case 'int':
      return text;
    case 'time':
      return isInFlow ? `!!timestamp "${text}"` : text;
    default:
      if (Buffer.compare(Buffer.from(text, 'utf8'), value.bytes) !== 0) {
        return `!!binary ${Buffer.from(value.bytes).toString('base64')}`;
      }
      return writeScalar(text, 'plain', isInFlow);
  }
}

/**
 * The edits that put a value in the place of a scalar, its tag included. A comment on the first line of a block scalar stays.
 * @param offset of the document's text in the file
 */
export function writeYamlValue(
  { text }: YamlDocument,
  offset: number,
  node: YamlScalar,
  isInFlow: boolean,
  value: PlainValue,
): readonly DocumentEdit[] {
  const start = tagStart(text, node);
  const newText = yamlTextOf(value, isInFlow);
  const spanOf = (from: number, to: number): DocumentEdit['span'] => ({ start: from + offset, end: to + offset });
  if (node.start === node.end)
    return [{ span: spanOf(start, node.end), newText: start < node.end ? newText : ` ${newText}` }];
  const comment = headerComment(text, node);
  if (comment === undefined) return [{ span: spanOf(start, node.end), newText }];
  return [
    { span: spanOf(start, comment.start), newText: `${newText} ` },
    { span: spanOf(comment.end, node.end), newText: '' },
  ];
}

/** Where the tag of a scalar begins, or the scalar itself. */
function tagStart(text: string, { tag, start }: YamlScalar): number {
  const at = tag === undefined ? -1 : text.lastIndexOf(tag, start);
  return at < 0 || text.slice(at, start).includes('&') ? start : at;
}

/** The comment behind `|` or `>`, mark included. */
export function headerComment(
  text: string,
  { style, start, end }: YamlScalar,
): { readonly start: number; readonly end: number } | undefined {
  if (style !== 'literal' && style !== 'folded') return undefined;
  const line = text.slice(start, end).split(/\r?\n/, 1)[0] ?? '';
  const mark = line.search(/[ \t]#/);
  return mark < 0 ? undefined : { start: start + mark + 1, end: start + line.length };
}
