import { type SyntaxFault } from '../document';
import { type YamlNode } from '../node';
import { Conversion } from './convert';
import { loadLibrary } from './library';
import { describeError } from './messages';
import { findTabIndent } from './tab-indent';

/** More faults than this in one document are consequences of the first. */
const faultLimit = 20;

/** Reads what the own reader declined, well-formed or not; the root holds what could be made of it. */
export function readWithLibrary(text: string): { root: YamlNode | undefined; faults: readonly SyntaxFault[] } {
  const library = loadLibrary();
  try {
    const document = library.parseDocument(text, {
      // Every scalar stays text: what it means is decided by resolveScalar alone.
      schema: 'failsafe',
      resolveKnownTags: false,
      // The library compares each key with each other one, which is quadratic.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    const faults: SyntaxFault[] = [];
    for (const { code, message, pos } of document.errors) {
      const start = Math.min(pos[0], text.length);
      if (faults.some((fault) => fault.start === start)) continue;
      const end = Math.min(Math.max(pos[1], start), text.length);
      faults.push({ code: 'syntax', start, end, message: describeError(code, message) });
      if (faults.length === faultLimit) break;
    }
    const root = new Conversion(text, library).node(document.contents);
    const tab = faults.length === 0 ? findTabIndent(text, root) : undefined;
    if (tab !== undefined) faults.push(tab);
    faults.sort((a, b) => a.start - b.start);
    return { root, faults };
  } catch {
    // The library overflows the stack on absurd nesting; anything else it might throw is no better known.
    return { root: undefined, faults: [tooDeep(0, text.length)] };
  }
}

/** The fault of a document that nobody should read. */
export function tooDeep(start: number, end: number): SyntaxFault {
  return { code: 'syntax', start, end, message: 'The document is nested too deeply to be read.' };
}
