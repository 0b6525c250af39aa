import { type Position } from '../model/text';
import { fromClientUnits, type PositionEncoding, toClientUnits } from '../yaml/units';

export { type PositionEncoding };

/**
 * The encoding to speak: UTF-16 when the client knows it (it is ours, so nothing needs converting), else the first
 * one it offers that we know. UTF-16 for clients that offer nothing, as the specification asks.
 */
export function chooseEncoding(offered: readonly string[] | undefined): PositionEncoding {
  if (offered === undefined || offered.length === 0 || offered.includes('utf-16')) return 'utf-16';
  return offered.find((name): name is PositionEncoding => name === 'utf-8' || name === 'utf-32') ?? 'utf-16';
}

/** Lines of a text without their ends; the empty text for a line that does not exist. */
export interface LineSource {
  line(index: number): string;
}

/** UTF-16 position → position in the client's encoding; a character past the line's end becomes its end. */
export function encodePosition(lines: LineSource, position: Position, encoding: PositionEncoding): Position {
  if (encoding === 'utf-16') return position;
  return { line: position.line, character: toClientUnits(lines.line(position.line), position.character, encoding) };
}

/** Position in the client's encoding → UTF-16 position. */
export function decodePosition(lines: LineSource, position: Position, encoding: PositionEncoding): Position {
  if (encoding === 'utf-16') return position;
  return { line: position.line, character: fromClientUnits(lines.line(position.line), position.character, encoding) };
}
