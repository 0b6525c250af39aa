import type { ErrorCode } from 'yaml';

/** Our sentence for each error code of the library. */
const sentences: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'An alias takes neither a tag nor an anchor.',
  BAD_ALIAS: 'This is not a valid anchor or alias name.',
  BAD_COLLECTION_TYPE: 'The tag does not fit what follows it.',
  BAD_DIRECTIVE: 'This directive is not valid YAML.',
  BAD_DQ_ESCAPE: 'Unknown escape sequence in double quotes; write \\\\ for a backslash or use single quotes.',
  BAD_INDENT: 'The indentation does not match the lines around it.',
  BAD_PROP_ORDER: 'Tag and anchor must stand right before the value.',
  BAD_SCALAR_START: 'A plain value cannot start with this character; put the value in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'A mapping cannot start on the line of another key; check the colon or quote the value.',
  BLOCK_IN_FLOW: 'Block style is not possible inside brackets.',
  DUPLICATE_KEY: 'This key is already in the mapping.',
  IMPOSSIBLE: 'This is not valid YAML.',
  KEY_OVER_1024_CHARS: 'The colon is too far from the start of its key.',
  MISSING_CHAR: 'A character is missing here: a colon, comma, blank, quote or closing bracket.',
  MULTILINE_IMPLICIT_KEY: 'A key must stand on one line and end with a colon.',
  MULTIPLE_ANCHORS: 'A value can have one anchor only.',
  MULTIPLE_DOCS: 'Another document starts here without a --- line.',
  MULTIPLE_TAGS: 'A value can have one tag only.',
  NON_STRING_KEY: 'This key is not text.',
  RESOURCE_EXHAUSTION: 'The document is nested too deeply.',
  TAB_AS_INDENT: 'Tabs cannot be used for indentation.',
  TAG_RESOLVE_FAILED: 'The tag does not fit its value.',
  UNEXPECTED_TOKEN: 'This is not expected here.',
};

/** Missing characters by what the library names, since its one code covers them all. */
const missing: readonly (readonly [RegExp, string])[] = [
  [/closing "quote|closing 'quote/, 'The closing quote is missing.'],
  [/end with a/, 'The closing bracket is missing.'],
  [/: and value|mapping key|implicit map key/i, 'A colon is missing after the key.'],
  [/, between|missing ,/i, 'A comma is missing between the items.'],
  [/whitespace|separated by/i, 'A blank is missing here.'],
];

/** One sentence for the user about an error of the library. */
export function describeError(code: ErrorCode, libraryText: string): string {
  if (code === 'MISSING_CHAR' || code === 'BAD_INDENT') {
    for (const [pattern, sentence] of missing) if (pattern.test(libraryText)) return sentence;
  }
  return sentences[code];
}
