import { type SyntaxFault } from '../document';

// The characters go-yaml's reader refuses (readerc.go): controls and lone surrogates.
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]/u;

/** A fault for the first character that Go refuses anywhere in a document; undefined when there is none. */
export function findForbiddenCharacter(text: string): SyntaxFault | undefined {
  const found = forbidden.exec(text);
  if (found === null) return undefined;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const message = `The control character U+${code} is not allowed in YAML. Flux cannot read the document.`;
  return { code: 'syntax', start: found.index, end: found.index + found[0].length, message };
}
