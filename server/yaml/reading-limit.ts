import { type SyntaxFault } from './document';

/**
 * How many UTF-16 units of one document are read; a longer one is left alone. What our reader declines takes the `yaml`
 * package about sixteen times as long, and is left alone from a third of that on. Infinity reads everything.
 */
export type ReadingLimit = number;

const whole = (units: number): string => units.toLocaleString('en-US');

/** The fault of a document that is too long to be read; undefined for one that is not. */
export function tooLong(text: string, limit: ReadingLimit): SyntaxFault | undefined {
  if (text.length <= limit) return undefined;
  const start = firstContent(text);
  return {
    code: 'too-large',
    start,
    end: endOfLine(text, start),
    message: `This document has ${whole(text.length)} characters, more than the ${whole(limit)} that are read here.`,
  };
}

/** The same for a document that our reader declined, by the offset at which it stopped. */
export function tooLongForLibrary(text: string, limit: ReadingLimit, stopped: number): SyntaxFault | undefined {
  const most = Math.floor(limit / 3);
  if (text.length <= most) return undefined;
  const start = Math.min(stopped, text.length - 1);
  return {
    code: 'too-large',
    start,
    end: endOfLine(text, start),
    message: `Here is an error or unusual YAML, which takes long to read: documents with it are read here up to ${whole(most)} characters.`,
  };
}

function firstContent(text: string): number {
  const head = text.slice(0, 4096);
  const content = /^(?:[ \t\ufeff]*(?:#[^\n]*|---[ \t]*)?\r?\n)*/.exec(head)?.[0].length ?? 0;
  return Math.min(content, text.length - 1);
}

function endOfLine(text: string, start: number): number {
  const newline = text.indexOf('\n', start);
  return newline < 0 ? Math.min(text.length, start + 80) : Math.max(newline, start + 1);
}
