import { resolveScalar } from '../../../yaml/scalar';

export type EmittedStyle = 'plain' | 'single' | 'double' | 'literal';

/** What go-yaml's emitter finds out about a text before it chooses a style (emitterc.go, `analyze_scalar`). */
interface Analysis {
  readonly isMultiline: boolean;
  readonly allowsPlain: boolean;
  readonly allowsSingle: boolean;
  readonly allowsBlock: boolean;
}

/** Line breaks of YAML 1.1. */

const breaks = /[\n\r\x85\u2028\u2029]/;
/** Not printable to go-yaml v2: tabs, control characters, surrogates (all beyond the basic plane), U+FEFF. */

const special = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
/** The same where tabs are allowed, as to go-yaml v3. */

const specialButTab = /[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

const breakThenSpace = /[\n\r\x85\u2028\u2029] /;

const spaceThenBreak = / [\n\r\x85\u2028\u2029]/;
const indicatorFirst = /^(?:[#,[\]{}&*!|>'"%@`]|---|\.\.\.|[?:-](?:[ \t]|$))/;

const indicatorInside = /.:(?:[ \t]|$)|[ \t\n\r\x85\u2028\u2029]#/s;
const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Letters, digits and a few signs that are never anything but text; the common case, decided by one look. */
const surelyPlain = /^[A-Za-z/_][A-Za-z0-9/_.\-()=+;$<>~]{5,}$/;

function analyse(text: string): Analysis {
  const isMultiline = breaks.test(text);
  const isSpecial = special.test(text);
  const last = text[text.length - 1];
  const endsInSpace = last === ' ';
  const hasSpaceThenBreak = isMultiline && spaceThenBreak.test(text);
  const allowsSingle = !isSpecial && !hasSpaceThenBreak && !(isMultiline && breakThenSpace.test(text));
  return {
    isMultiline,
    allowsPlain:
      allowsSingle &&
      !isMultiline &&
      !endsInSpace &&
      !text.startsWith(' ') &&
      !indicatorFirst.test(text) &&
      !indicatorInside.test(text),
    allowsSingle,
    allowsBlock: !endsInSpace && !isSpecial && !hasSpaceThenBreak,
  };
}

/** True when the plain text would be read as something else than text by go-yaml v2. */
function needsQuotes(text: string): boolean {
  const { kind } = resolveScalar({ kind: 'scalar', style: 'plain', text, start: 0, end: 0 }, 'kustomization');
  // A merge key is one only where it stands as a key; the writer does not know it.
  return (kind !== 'string' && kind !== 'merge') || base60.test(text);
}

/** The style go-yaml v2 writes a text in; `isKey`: as a key that stands on one line. */
export function styleOf(text: string, isKey: boolean): EmittedStyle {
  if (surelyPlain.test(text)) return 'plain';
  if (text === '') return 'double';
  const { isMultiline, allowsPlain, allowsSingle, allowsBlock } = analyse(text);
  if (text.includes('\n')) return allowsBlock && !isKey ? 'literal' : 'double';
  if ((isKey && isMultiline) || needsQuotes(text)) return 'double';
  if (allowsPlain) return 'plain';
  return allowsSingle ? 'single' : 'double';
}

/** True when go-yaml v3 writes a literal or folded text as such again, and not in double quotes. */
export function staysBlock(text: string): boolean {
  return text !== '' && !text.endsWith(' ') && !specialButTab.test(text) && !spaceThenBreak.test(text);
}

/** True when a key stands before its colon on one line (`check_simple_key`: at most 128 bytes). */
export function isSimpleKey(text: string): boolean {
  if (text.length <= 42 && !breaks.test(text)) return true;
  return !breaks.test(text) && Buffer.byteLength(text, 'utf8') <= 128;
}
