import type * as Re2 from 're2js';

/** Faults that Go's parser finds too, each compared with it (go/src/regexp/syntax); their words as we put them. */
const words: Readonly<Record<string, string>> = {
  'invalid or unsupported Perl syntax': 'RE2 does not know the group',
  'invalid named capture': 'RE2 does not know the group',
  'invalid escape sequence': 'RE2 does not know the escape',
  'missing closing )': 'a parenthesis is not closed in',
  'unexpected )': 'a parenthesis is closed that was not opened in',
  'missing closing ]': 'a bracket is not closed in',
  'invalid nested repetition operator': 'what is repeated already cannot be repeated again by',
  'missing argument to repetition operator': 'there is nothing to repeat for',
  'invalid repeat count': 'the count is out of range in',
  'invalid character class range': 'there is no such class or range as',
  'trailing backslash at end of expression': 'it ends in a backslash',
};

/**
 * Why Go refuses a pattern: a clause without capital letter and period. undefined for one that it takes, and where it is not
 * certain that it does not.
 */
export function patternFault(pattern: string): string | undefined {
  try {
    // As in `compilePattern`: most repositories never need the engine.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { RE2JS } = require('re2js') as typeof Re2;
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    const [, kind = '', piece = ''] = /^error parsing regexp: ([^:]*)(?:: `([^]*)`)?$/.exec(messageOf(error)) ?? [];
    const said = Object.hasOwn(words, kind) ? words[kind] : undefined;
    // Which names of Unicode there are differs from version to version.
    if (said === undefined || piece.startsWith('\\p{') || piece.startsWith('\\P{')) return undefined;
    return piece === '' ? said : `${said} ${piece}`;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');
