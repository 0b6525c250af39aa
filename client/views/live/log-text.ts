type Fields = Readonly<Record<string, string | number | boolean>>;

// Nobody hands a credential to the log. Should one get there, its form gives it away.
const credentials: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, '…'],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 …'],
  [/(\/\/)[^\s/@]+@/g, '$1…@'],
  [/\b((?:[\w-]*token|password|secret)["']?\s*[=:]\s*)[^\s,;&]+/gi, '$1…'],
  [/-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)/g, '…'],
];

/** One line for the log: the message and its fields, without anything that looks like a credential. */
export function logText(message: string, fields: Fields = {}): string {
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`);
  const line = [message, ...pairs].join(' ').replace(/[\r\n]+/g, ' ');
  return credentials.reduce((text, [pattern, instead]) => text.replace(pattern, instead), line);
}
