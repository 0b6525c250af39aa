import { type Path } from '../model/json';
import { type YamlDocument } from '../yaml/document';
import { nodeAt } from '../yaml/locate';
import { type YamlNode } from '../yaml/node';

const longest = 60;

/**
 * What people call the key at a path of `.sops.yaml`: the comment behind it, the comment on a line of its own above it
 * where it stands in a list, or the name of its anchor. undefined where nothing says so.
 * @param isAlone several keys in one text share no comment
 */
export function nicknameAt(document: YamlDocument, path: Path, isAlone: boolean): string | undefined {
  if (!isAlone) return undefined;
  const written = nodeAt(document, path);
  if (written === undefined) return undefined;
  const isListed = typeof path.at(-1) === 'number';
  const own = commentBeside(document.text, written, isListed);
  if (own !== undefined || written.kind !== 'alias') return own ?? written.anchor;
  const beside = written.target === undefined ? undefined : commentBeside(document.text, written.target, true);
  return beside ?? written.name;
}

/** For a key that is a map: what stands beside its first line. */
function commentBeside(text: string, node: YamlNode, isListed: boolean): string | undefined {
  if (node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded')) return undefined;
  const lineEnd = endOfLine(text, node.kind === 'map' ? node.start : node.end);
  const behind = /[ \t,\]}]#+[ \t]*(.*)$/.exec(text.slice(node.kind === 'map' ? node.start : node.end, lineEnd));
  if (behind !== null) return clean(behind[1]);
  if (!isListed) return undefined;
  const lineStart = text.lastIndexOf('\n', node.start - 1) + 1;
  // Two on a line share no comment above it.
  if (!/^[ \t]*-[ \t]+(?:[&!][^\s]+[ \t]+)*$/.test(text.slice(lineStart, node.start))) return undefined;
  const above = text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, Math.max(0, lineStart - 1));
  return clean(/^[ \t]*#+[ \t]*(.*)$/.exec(above)?.[1]);
}

const endOfLine = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

function clean(comment: string | undefined): string | undefined {
  const flat = comment?.replace(/\s+/g, ' ').trim() ?? '';
  if (flat === '') return undefined;
  return flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat;
}
