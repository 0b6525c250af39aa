import { formatFloat } from '../patch/json-value';

/** What a var stands for: text, or a value that keeps its type where it stands alone; a number is one with a point. */
export type VarValue = string | number | bigint | boolean;

/** A value of `$(NAME)`; undefined leaves the text as it is. */
export type VarLookup = (name: string) => VarValue | undefined;

/** As Go's `%v` writes it. */
const inText = (value: VarValue): string => (typeof value === 'number' ? formatFloat(value) : String(value));

/**
 * A text with `$(NAME)` replaced and `$$` read as one dollar (api/filters/refvar/expand.go). A text that is one
 * reference and nothing else becomes the value itself.
 */
export function expandVars(text: string, lookup: VarLookup): VarValue {
  if (!text.includes('$')) return text;
  let made = '';
  let checkpoint = 0;
  for (let cursor = 0; cursor + 1 < text.length; cursor++) {
    if (text[cursor] !== '$') continue;
    made += text.slice(checkpoint, cursor);
    const next = text[cursor + 1] ?? '';
    const close = next === '(' ? text.indexOf(')', cursor + 2) : -1;
    if (close >= 0) {
      const name = text.slice(cursor + 2, close);
      const value = lookup(name);
      if (cursor === 0 && close === text.length - 1) return value ?? text;
      made += value === undefined ? `$(${name})` : inText(value);
      cursor = close;
    } else {
      made += next === '$' ? '$' : `$${next}`;
      cursor += 1;
    }
    checkpoint = cursor + 1;
  }
  return made + text.slice(checkpoint);
}
