import { type YamlDocument } from '../document';
import { type YamlMap, type YamlNode } from '../node';

/** Offset of the start of the line that holds an offset. */
export function lineStartOf(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Offset of the end of that line, before its break; the text's end on the last line. */
export function lineEndOf(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  if (newline < 0) return text.length;
  return newline > at && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** Offset behind the break of that line. */
export function nextLineOf(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline + 1;
}

/** The line break of a document: that of its first line. */
export function lineBreakOf({ text }: YamlDocument): string {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}

/** Columns before an offset on its line. */
export function columnOf(text: string, at: number): number {
  return at - lineStartOf(text, at);
}

/** Columns a nested block map stands deeper than its parent in this document: the first found, else 2. */
export function indentStepOf({ text, root }: YamlDocument): number {
  const visit = (node: YamlNode | undefined): number | undefined => {
    if (node?.kind !== 'map' || node.flow) return undefined;
    for (const { key, value } of node.entries) {
      if (value?.kind !== 'map' || value.flow) continue;
      return visit(value) ?? columnOf(text, indentOwner(value).start) - columnOf(text, key.start);
    }
    return undefined;
  };
  const step = visit(root) ?? 2;
  return step > 0 ? step : 2;
}

function indentOwner(map: YamlMap): YamlNode {
  return map.entries[0]?.key ?? map;
}
