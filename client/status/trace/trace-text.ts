import { boundedText } from '../live/bounded-text';
import { type TraceBlock } from './trace-block';

const width = 17;
const line = (name: string, value: string): string => `${`${name}:`.padEnd(width)}${boundedText(value)}`.trimEnd();

/** A trace in the form of `flux trace`: blocks of names and values, from the object to its source. */
export function traceText(blocks: readonly TraceBlock[]): string {
  const texts = blocks.map(({ id, title, lines }, index) =>
    [line(index === 0 ? 'Object' : id.kind, title), ...lines.map(([name, value]) => line(name, value))].join('\n'),
  );
  return `${texts.join('\n---\n')}\n`;
}
