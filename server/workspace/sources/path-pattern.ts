import { type SourceTree } from '../../build/build';
import { type FilePath } from '../../model/file-path';
import { isName } from '../../validation/names';

/** What the placeholders of a pattern stand for in one folder. */
export type Captures = ReadonlyMap<string, string>;

/** `@alias/apps/{app}` of an ArtifactGenerator: folders of one source, with placeholders within the parts of the path. */
export interface PathPattern {
  readonly alias: string;
  readonly parts: readonly (readonly Piece[])[];
}

type Piece = { readonly kind: 'text' | 'capture'; readonly text: string };

// A capture's name becomes the key of a label, which is stricter.
const captureName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Reads a pattern (source-watcher artifactgenerator_pathpattern.go). A part of the path that is not a placeholder stands
 * for itself, stars included.
 * @returns undefined for a pattern that the controller refuses
 */
export function parsePathPattern(written: string): PathPattern | undefined {
  const slash = written.indexOf('/');
  if (!written.startsWith('@') || slash < 0) return undefined;
  const parts: (readonly Piece[])[] = [];
  const seen = new Set<string>();
  for (const part of written.slice(slash + 1).split('/')) {
    const pieces = piecesOf(part);
    if (pieces === undefined) return undefined;
    for (const { kind, text } of pieces) {
      if (kind === 'text') continue;
      if (seen.has(text) || !isName('label-key', text)) return undefined;
      seen.add(text);
    }
    parts.push(pieces);
  }
  return { alias: written.slice(1, slash), parts };
}

/** A text with placeholders, cut up; undefined when a brace is left over or a name is none. */
function piecesOf(text: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length;) {
    const open = text.indexOf('{', at);
    const literal = text.slice(at, open < 0 ? text.length : open);
    if (literal.includes('}')) return undefined;
    if (literal !== '') pieces.push({ kind: 'text', text: literal });
    if (open < 0) break;
    const close = text.indexOf('}', open);
    const name = text.slice(open + 1, close);
    if (close < 0 || !captureName.test(name)) return undefined;
    pieces.push({ kind: 'capture', text: name });
    at = close + 1;
  }
  return pieces;
}

/** A template with its placeholders replaced; undefined when it is malformed or names one that the pattern lacks. */
export function fillTemplate(template: string, captures: Captures): string | undefined {
  let filled = '';
  for (const { kind, text } of piecesOf(template) ?? [{ kind: 'capture', text: '' }]) {
    const value = kind === 'text' ? text : captures.get(text);
    if (value === undefined) return undefined;
    filled += value;
  }
  return filled;
}

/**
 * The folders of a tree that match, in the order of a walk, with what their placeholders stand for.
 * @param visit is told each folder that is listed
 */
export function* foldersThatMatch(
  tree: SourceTree,
  { parts }: PathPattern,
  visit: (directory: FilePath) => void,
): Iterable<Captures> {
  const walk = function* (directory: FilePath, depth: number, captures: Captures): Iterable<Captures> {
    const part = parts[depth];
    if (part === undefined) {
      yield captures;
      return;
    }
    visit(directory);
    for (const { name, kind } of tree.list(directory) ?? []) {
      const found = kind === 'directory' ? capture(part, name) : undefined;
      if (found === undefined) continue;
      yield* walk(directory === '' ? name : `${directory}/${name}`, depth + 1, new Map([...captures, ...found]));
    }
  };
  yield* walk('', 0, new Map());
}

/** True when a folder at or below a place that is not known could match. */
export function mayMatchBelow(place: FilePath, { parts }: PathPattern): boolean {
  const names = place.split('/');
  return names.length <= parts.length && names.every((name, depth) => capture(parts[depth] ?? [], name) !== undefined);
}

/** What the placeholders of one part of a pattern stand for in a name; each takes as much as it can, at least one. */
function capture(pieces: readonly Piece[], name: string): [string, string][] | undefined {
  // What failed once fails again, so that no pattern is slow.
  const failed = new Set<number>();
  const match = (index: number, at: number): [string, string][] | undefined => {
    const piece = pieces[index];
    if (piece === undefined) return at === name.length ? [] : undefined;
    if (failed.has(index * (name.length + 1) + at)) return undefined;
    if (piece.kind === 'text') {
      const rest = name.startsWith(piece.text, at) ? match(index + 1, at + piece.text.length) : undefined;
      if (rest !== undefined) return rest;
    } else {
      for (let end = name.length; end > at; end--) {
        const rest = match(index + 1, end);
        if (rest !== undefined) return [[piece.text, name.slice(at, end)], ...rest];
      }
    }
    failed.add(index * (name.length + 1) + at);
    return undefined;
  };
  return pieces.length === 0 ? undefined : match(0, 0);
}
