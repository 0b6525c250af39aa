import { type Position, type Range } from '../model/text';
import { encodePosition, type LineSource, type PositionEncoding } from './position-encoding';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isPosition = (value: unknown): value is Position =>
  isRecord(value) && typeof value['line'] === 'number' && typeof value['character'] === 'number';
const isRange = (value: unknown): value is Range =>
  isRecord(value) && isPosition(value['start']) && isPosition(value['end']);

/**
 * A feature's answer with every range in the client's encoding; features think in UTF-16 alone. A range belongs to
 * the `uri` beside it (`targetUri` for ranges named `target…`), without one to `uri`, the document that was asked about.
 */
export function encodeResult<T>(
  result: T,
  uri: string,
  encoding: PositionEncoding,
  linesOf: (uri: string) => LineSource,
): T {
  if (encoding === 'utf-16') return result;
  const encode = ({ start, end }: Range, lines: LineSource): Range => ({
    start: encodePosition(lines, start, encoding),
    end: encodePosition(lines, end, encoding),
  });
  const walk = (value: unknown, around: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, around));
    if (!isRecord(value)) return value;
    const here = typeof value['uri'] === 'string' ? value['uri'] : around;
    const target = typeof value['targetUri'] === 'string' ? value['targetUri'] : here;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        const owner = key.startsWith('target') ? target : here;
        return [key, isRange(inner) ? encode(inner, linesOf(owner)) : walk(inner, owner)];
      }),
    );
  };
  return walk(result, uri) as T;
}
