/** Where the documentation of the rules is published; undefined would mean nowhere, and findings without a link. */
const rulesHomepage: string | undefined = 'https://github.com/fluxwright/fluxwright/blob/main/docs/rules';

/** Page of one rule. */
export function rulePage(code: string): string | undefined {
  return rulesHomepage === undefined ? undefined : `${rulesHomepage}/${code}.md`;
}
