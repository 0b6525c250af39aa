/** Where the documentation of the rules is published; undefined: nowhere yet, so findings carry no link. */
const rulesHomepage: string | undefined = undefined;

/** Page of one rule. */
export function rulePage(code: string): string | undefined {
  return rulesHomepage === undefined ? undefined : `${rulesHomepage}/${code}.md`;
}
