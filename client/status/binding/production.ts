/**
 * Whether a text matches a pattern in which `*` stands for anything and all else for itself; case counts for nothing. Takes
 * time in proportion to both lengths.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const rest = text.toLowerCase();
  const [first = '', ...others] = parts;
  if (others.length === 0) return rest === first;
  if (!rest.startsWith(first)) return false;
  let at = first.length;
  const last = others.pop() ?? '';
  for (const part of others) {
    const found = rest.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return rest.length - last.length >= at && rest.endsWith(last);
}

/** Whether writes to a context ask for its name to be typed. */
export function asksForName(context: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => pattern !== '' && matchesGlob(pattern, context));
}

/** Whether what was typed is the name; blanks around it do not count, case does. */
export function isNameTyped(context: string, typed: string): boolean {
  return typed.trim() === context;
}
