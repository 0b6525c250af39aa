const secrets: readonly (readonly [RegExp, string])[] = [
  // User and password of a URL, and of the short form Git uses for SSH only when it carries a password.
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]+@/gi, '$1***@'],
  [/([?&](?:access_token|token|password|secret|sig|signature|key|x-amz-[a-z-]+)=)[^\s&#]+/gi, '$1***'],
  [/AGE-SECRET-KEY-[0-9A-Z]+/gi, 'AGE-SECRET-KEY-***'],
  [/\b(bearer|basic) +[a-z0-9._~+/=-]{8,}/gi, '$1 ***'],
  [/\b(gh[a-z]_|github_pat_|glpat-)[a-z0-9_-]{10,}/gi, '$1***'],
];

/** The text without credentials of URLs, tokens and private age keys, for logs. */
export function redact(text: string): string {
  let result = text;
  for (const [pattern, replacement] of secrets) result = result.replace(pattern, replacement);
  return result;
}
