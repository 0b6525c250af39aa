import { type Span } from '../../../server/model/text';
import { type DocumentEdit } from '../../../server/yaml/edit';
import { type JsonMember, type JsonNode } from './json-reader';

type JsonParent = JsonNode & { readonly kind: 'object' | 'array' };

const partsOf = (parent: JsonParent): readonly Span[] =>
  parent.kind === 'array'
    ? parent.items.map(({ start, end }) => ({ start, end }))
    : parent.members.map(({ keySpan, value }) => ({ start: keySpan.start, end: value.end }));

/**
 * Adds a member as the last one, or before another, laid out as the first one is.
 * @param key undefined for an item of a list
 */
export function addMember(
  text: string,
  parent: JsonParent,
  key: string | undefined,
  valueText: string,
  before?: JsonMember,
): readonly DocumentEdit[] {
  const written = key === undefined ? valueText : `${JSON.stringify(key)}: ${valueText}`;
  const parts = partsOf(parent);
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) {
    const blanks = text.slice(parent.start + 1, parent.end - 1);
    const line = /\n([ \t]*)$/.exec(text.slice(0, parent.start));
    const inner = blanks.includes('\n') ? `\n${line?.[1] ?? ''}\t` : '';
    return [{ span: { start: parent.start + 1, end: parent.start + 1 }, newText: inner + written }];
  }
  const lead = text.slice(parent.start + 1, first.start);
  if (before !== undefined) {
    const at = before.keySpan.start;
    return [{ span: { start: at, end: at }, newText: `${written},${lead === '' ? ' ' : lead}` }];
  }
  const gap = lead === '' && parts.length > 0 ? ' ' : lead;
  return [{ span: { start: last.end, end: last.end }, newText: `,${gap}${written}` }];
}

/** Takes a member or item out with the comma that parted it; undefined when it is not there. */
export function removeMember(parent: JsonNode, step: string | number): readonly DocumentEdit[] | undefined {
  if (parent.kind !== 'object' && parent.kind !== 'array') return undefined;
  const index = parent.kind === 'array' ? step : parent.members.findIndex(({ key }) => key === step);
  if (typeof index !== 'number') return undefined;
  const parts = partsOf(parent);
  const [previous, part, next] = [parts[index - 1], parts[index], parts[index + 1]];
  if (part === undefined) return undefined;
  let span: Span = { start: parent.start + 1, end: parent.end - 1 };
  if (next !== undefined) span = { start: part.start, end: next.start };
  else if (previous !== undefined) span = { start: previous.end, end: part.end };
  return [{ span, newText: '' }];
}

/** undefined when the key is not there or the new one is. */
export function renameMember(
  parent: JsonNode & { readonly kind: 'object' },
  step: string | number | undefined,
  key: string,
): readonly DocumentEdit[] | undefined {
  const member = parent.members.find((one) => one.key === step);
  if (member === undefined || parent.members.some((one) => one.key === key)) return undefined;
  return [{ span: member.keySpan, newText: JSON.stringify(key) }];
}
