import { type Finding } from '../model/finding';
import { type Position } from '../model/text';

function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    comparePositions(a.range.start, b.range.start) ||
    comparePositions(a.range.end, b.range.end) ||
    (a.code < b.code ? -1 : a.code > b.code ? 1 : a.message < b.message ? -1 : a.message > b.message ? 1 : 0)
  );
}

/** So that what a shared finding says does not depend on which of its clusters was judged first. */
function compareClusters(a: Finding, b: Finding): number {
  const [one = '', other = ''] = [a, b].map(({ clusters, resource }) => `${clusters?.[0] ?? ''} ${resource ?? ''}`);
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * Findings of one file in order of place, then code. One that several clusters share is one finding that names them
 * all.
 */
export function collect(findings: readonly (Finding | undefined)[]): readonly Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of findings.filter((one) => one !== undefined).sort(compareClusters)) {
    const { start, end } = finding.range;
    const key = [finding.code, start.line, start.character, end.line, end.character, finding.message].join('\n');
    const same = merged.get(key);
    if (same === undefined) merged.set(key, finding);
    else if (same.clusters !== undefined && finding.clusters !== undefined) {
      merged.set(key, { ...same, clusters: [...new Set([...same.clusters, ...finding.clusters])].sort() });
    }
  }
  return [...merged.values()].sort(compareFindings);
}
