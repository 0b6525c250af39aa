/**
 * Address of a new issue whose text is prepared with the given facts, one per line. Callers give versions and states
 * only: no path, file content or name out of a repository may get into an address.
 * @param issues address of the project's issue list
 */
export function issueUrl(issues: string, facts: Readonly<Record<string, string>>): string {
  const lines = Object.entries(facts).map(([name, value]) => `- ${name}: ${value}`);
  const body = ['**What happened**', '', '**What was expected**', '', '**Versions**', '', ...lines, ''].join('\n');
  return `${issues.replace(/\/$/, '')}/new?body=${encodeURIComponent(body)}`;
}
