import { type YamlNode, type YamlScalar } from '../node';
import { Char, type Cursor } from './cursor';

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** Tag and anchor written before a node. */
export interface Properties {
  readonly tag?: string;
  readonly anchor?: string;
  /** After the last of them. */
  readonly end: number;
}

const anchorName = /[A-Za-z0-9_-]+/y;
const tagText = /!(?:!?[A-Za-z][A-Za-z0-9_./:-]*)/y;

/** A name after `&` or `*`, of the characters go-yaml allows; moves behind it. */
export function readAnchorName(cursor: Cursor): string {
  anchorName.lastIndex = cursor.offset;
  const name = anchorName.exec(cursor.text)?.[0] ?? cursor.decline();
  cursor.offset += name.length;
  return name;
}

/** Reads tag and anchor in any order and the blanks behind; undefined when there is neither. */
export function readProperties(cursor: Cursor): Properties | undefined {
  let tag: string | undefined;
  let anchor: string | undefined;
  let end = cursor.offset;
  for (let code = cursor.code(end); ; code = cursor.skipSpaces()) {
    if (code === Char.Ampersand && anchor === undefined) {
      cursor.offset++;
      anchor = readAnchorName(cursor);
    } else if (code === Char.Exclamation && tag === undefined) {
      tagText.lastIndex = cursor.offset;
      tag = tagText.exec(cursor.text)?.[0] ?? cursor.decline();
      cursor.offset += tag.length;
    } else if (code === Char.Ampersand || code === Char.Exclamation) cursor.decline();
    else break;
    end = cursor.offset;
    if (!cursor.isBreakOrBlank(end)) cursor.decline();
  }
  if (tag === undefined && anchor === undefined) return undefined;
  return { ...(tag !== undefined && { tag }), ...(anchor !== undefined && { anchor }), end };
}

/** Gives a node its properties; a node that has some already makes the reader decline. */
export function applyProperties(cursor: Cursor, node: YamlNode, properties: Properties | undefined): YamlNode {
  if (properties === undefined) return node;
  if (node.tag !== undefined || node.anchor !== undefined || node.kind === 'alias') cursor.decline();
  const draft: Draft<YamlNode> = node;
  if (properties.tag !== undefined) draft.tag = properties.tag;
  if (properties.anchor !== undefined) draft.anchor = properties.anchor;
  return node;
}

/** The empty scalar that stands behind properties with nothing after them. */
export function emptyScalar(cursor: Cursor, properties: Properties): YamlNode {
  const node: YamlScalar = { kind: 'scalar', start: properties.end, end: properties.end, style: 'plain', text: '' };
  return applyProperties(cursor, node, properties);
}
