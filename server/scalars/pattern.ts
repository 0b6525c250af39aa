import type * as Re2 from 're2js';

/**
 * Patterns of Flux's own resource definitions, read and found to be linear in JavaScript too, so that checking Flux
 * objects loads no expression engine.
 */
const known = new Map<string, RegExp>([
  ['^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$', /^(?:[0-9]+(?:\.[0-9]+)?(?:ms|s|m|h))+$/],
  ['^([0-9]+(\\.[0-9]+)?(ms|s|m))+$', /^(?:[0-9]+(?:\.[0-9]+)?(?:ms|s|m))+$/],
  ['^(http|https)://.*$', /^https?:\/\/[^\n]*$/],
  ['^(http|https)://', /^https?:\/\//],
  ['^https?://', /^https?:\/\//],
  ['^(http|https|ssh)://.*$', /^(?:https?|ssh):\/\/[^\n]*$/],
  ['^(http|https|oci)://.*$', /^(?:https?|oci):\/\/[^\n]*$/],
  ['^oci://.*$', /^oci:\/\/[^\n]*$/],
  ['^[\\-._a-zA-Z0-9]+$', /^[-._a-zA-Z0-9]+$/],
  ['^([a-zA-Z0-9_\\-.\\\\\\/]|\\[[0-9]{1,5}\\])+$', /^(?:[a-zA-Z0-9_\-.\\/]|\[[0-9]{1,5}\])+$/],
  ['^[a-z0-9]([a-z0-9-]*[a-z0-9])?$', /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/],
  ['^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$', /^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$/],
  ['^(\\*|[a-z0-9]([-a-z0-9]*[a-z0-9])?)$', /^(?:\*|[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)$/],
  ['^@([a-z0-9]([a-z0-9_-]*[a-z0-9])?)$', /^@[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$/],
  ['^@([a-z0-9]([a-z0-9_-]*[a-z0-9])?)/(.*)$', /^@[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?\/[^\n]*$/],
  ['^((http|https|oci)://.*){0,1}$', /^(?:(?:https?|oci):\/\/[^\n]*)?$/],
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/],
]);

/** A compiled pattern, found anywhere in a text. */
export interface Pattern {
  test(text: string): boolean;
}

/**
 * Compiles an RE2 pattern. What it is tested on is kept nowhere, so it may be secret.
 * @returns undefined when RE2 does not take the pattern, or what stands for RE2 here does not
 */
export function compilePattern(pattern: string): Pattern | undefined {
  try {
    // A call and not an import statement: the engine is large and most repositories never need it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { RE2JS } = require('re2js') as typeof Re2;
    const expression = RE2JS.compile(pattern);
    return { test: (text) => expression.matcher(text).find() };
  } catch {
    return undefined;
  }
}

const compiled = new Map<string, Pattern | undefined>();

/** The same few values return at every keystroke, so verdicts on short ones are kept. */
function withVerdicts(pattern: Pattern | undefined): Pattern | undefined {
  if (pattern === undefined) return undefined;
  const verdicts = new Map<string, boolean>();
  return {
    test: (text) => {
      let verdict = verdicts.get(text);
      if (verdict === undefined) {
        verdict = pattern.test(text);
        // The bound keeps a hostile file from filling memory.
        if (verdicts.size >= 200) verdicts.clear();
        if (text.length <= 200) verdicts.set(text, verdict);
      }
      return verdict;
    },
  };
}

/**
 * True when the RE2 pattern is found in the text (patterns are not anchored by themselves).
 * @returns undefined when the pattern cannot be compiled: then nothing is known about the text
 */
export function matchesPattern(pattern: string, text: string): boolean | undefined {
  const simple = known.get(pattern);
  if (simple !== undefined) return simple.test(text);
  if (!compiled.has(pattern)) {
    if (compiled.size >= 5000) compiled.clear();
    compiled.set(pattern, withVerdicts(compilePattern(pattern)));
  }
  return compiled.get(pattern)?.test(text);
}
