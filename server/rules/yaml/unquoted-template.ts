import { type Span } from '../../model/text';
import { type SyntaxFault, type YamlDocument } from '../../yaml/document';

const templates = new WeakMap<YamlDocument, readonly { readonly span: Span; readonly fault: SyntaxFault }[]>();

/**
 * Variables without quotes inside brackets or braces that make the text unreadable, each with the fault it causes:
 * the brace of `${x}` opens a map there. Empty for a document without syntax faults.
 */
export function unquotedTemplates(
  document: YamlDocument,
): readonly { readonly span: Span; readonly fault: SyntaxFault }[] {
  let found = templates.get(document);
  if (found === undefined) {
    found = find(document);
    templates.set(document, found);
  }
  return found;
}

function find({ text, faults }: YamlDocument): { span: Span; fault: SyntaxFault }[] {
  const found: { span: Span; fault: SyntaxFault }[] = [];
  for (const fault of faults) {
    if (fault.code !== 'syntax') continue;
    const start = text.lastIndexOf('\n', Math.max(fault.start - 1, 0)) + 1;
    const newline = text.indexOf('\n', fault.start);
    const end = newline < 0 ? text.length : newline;
    // A parser may notice only at the end of the line, or of the brackets, that something is wrong before.
    const spans = inFlow(text, start, end).filter((span) => span.start <= fault.start);
    for (const span of spans) if (!found.some((other) => other.span.start === span.start)) found.push({ span, fault });
  }
  return found;
}

/** Runs of plain text that hold `${…}` inside brackets or braces, in one line. */
function inFlow(text: string, start: number, end: number): Span[] {
  const spans: Span[] = [];
  let depth = 0;
  for (let at = start; at < end; at++) {
    const char = text[at] ?? '';
    if (char === '#' && /\s/.test(text[at - 1] ?? ' ')) break;
    if (char === '"' || char === "'") at = skipQuoted(text, at, end);
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (depth > 0 && char !== ',' && !/\s/.test(char)) {
      const stop = Math.max(endOfPlain(text, at, end), at + 1);
      if (text.slice(at, stop).includes('${')) spans.push({ start: at, end: stop });
      at = stop - 1;
    }
  }
  return spans;
}

function skipQuoted(text: string, from: number, end: number): number {
  const quote = text[from];
  for (let at = from + 1; at < end; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return end;
}

/** Where a value that may hold variables ends: at a comma, a bracket outside `${…}`, a colon with a blank, a blank. */
function endOfPlain(text: string, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    if (text.startsWith('${', at)) {
      const close = text.indexOf('}', at);
      if (close < 0 || close >= end) return end;
      at = close;
    } else if (/[,[\]{}]/.test(text[at] ?? '') || /\s/.test(text[at] ?? '')) return at;
    else if (text[at] === ':' && (at + 1 >= end || /[\s,[\]{}]/.test(text[at + 1] ?? ''))) return at;
  }
  return end;
}
