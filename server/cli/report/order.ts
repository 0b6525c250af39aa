import { type FilePath } from '../../model/file-path';
import { type Finding, severities, type Severity } from '../../model/finding';

/** All findings, files in order of their paths; inside a file as they come. */
export function inOrder(findings: ReadonlyMap<FilePath, readonly Finding[]>): Finding[] {
  const files = [...findings.keys()].sort();
  return files.flatMap((file) => findings.get(file) ?? []);
}

/** How many findings there are of each severity. */
export function countSeverities(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** True when a finding is at least as severe as the threshold. */
export function reaches(findings: readonly Finding[], threshold: Severity): boolean {
  const limit = severities.indexOf(threshold);
  return findings.some(({ severity }) => severities.indexOf(severity) <= limit);
}
