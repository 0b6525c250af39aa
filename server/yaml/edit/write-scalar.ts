import { type ScalarStyle, type YamlScalar } from '../node';
import { resolveScalar, type ResolvedScalar } from '../scalar';

const controls = /[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
const controlsOutOfLine = new RegExp(controls.source, 'g');
const badStart = /^(?:[,[\]{}#&*!|>'"%@`]|[-?:](?:\s|$)|---|\.\.\.)/;
const badInside = /:(?:\s|$)| #/;
const flowMarks = /[,[\]{}?:]/;

/** True when the text can stand without quotes; says nothing of what it then means. */
export function isPlainText(text: string, isInFlow: boolean): boolean {
  if (text === '' || text.trim() !== text || controls.test(text)) return false;
  return !badStart.test(text) && !badInside.test(text) && !(isInFlow && flowMarks.test(text));
}

function kindOf(text: string, dialect: 'go-yaml-v3' | 'kustomization'): ResolvedScalar['kind'] {
  return resolveScalar({ kind: 'scalar', style: 'plain', text, start: 0, end: 0 }, dialect).kind;
}

/** True when both readers (objects and kustomization files) take the plain text for a string. */
function readsAsString(text: string): boolean {
  return kindOf(text, 'go-yaml-v3') === 'string' && kindOf(text, 'kustomization') === 'string';
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\0', '\\0'],
]);

function doubleQuoted(text: string): string {
  const escaped = text
    .replace(/["\\]/g, '\\$&')
    .replace(
      controlsOutOfLine,
      (char) => shortEscapes.get(char) ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  return `"${escaped}"`;
}

/** A text as a scalar on one line that reads back as the same string, in the wanted style where that can hold it. */
export function writeScalar(text: string, style: ScalarStyle = 'plain', isInFlow = false): string {
  if (style === 'plain' && isPlainText(text, isInFlow) && readsAsString(text)) return text;
  if (style === 'double' || controls.test(text)) return doubleQuoted(text);
  return style === 'single' ? `'${text.replaceAll("'", "''")}'` : doubleQuoted(text);
}

/**
 * The new text in the place of a scalar of one line: keeps its quotes; a plain number may become another number, as a
 * word may become another word.
 */
export function rewriteScalar(old: YamlScalar, text: string, isInFlow: boolean): string {
  if (old.style === 'plain' && old.tag === undefined && isPlainText(text, isInFlow)) {
    const kind = resolveScalar(old).kind;
    if (kind !== 'string' && kind === kindOf(text, 'go-yaml-v3')) return text;
  }
  return writeScalar(text, old.style, isInFlow);
}
