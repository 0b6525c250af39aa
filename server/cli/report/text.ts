import { type FilePath } from '../../model/file-path';
import { type Finding, type Place, severities } from '../../model/finding';
import { type Palette } from '../colour';
import { count, plain } from '../io';
import { excerpt, type Lines, linesOf } from './excerpt';
import { countSeverities } from './order';
import { type Summary } from './summary';

const placeText = ({ file, range }: Place): string =>
  `${plain(file)}:${range.start.line + 1}:${range.start.character + 1}`;

/** `path:line:column: severity CODE message`, from 1; always one line, since problem matchers read it. */
export function findingLine(finding: Finding, palette: Palette): string {
  const { severity, code, message } = finding;
  return `${palette.bold(placeText(finding))}: ${palette.severity(severity, severity)} ${code} ${plain(message)}`;
}

/** Reads a file for excerpts; undefined when it is not text. */
export type ReadText = (file: FilePath) => string | undefined;

export interface DetailOptions {
  readonly palette: Palette;
  readonly read: ReadText;
  /** Cells in a line of the terminal. */
  readonly columns: number;
}

/** What a terminal shows below the line of a finding: its source, related places, clusters, the fix. */
export function createDetails({ palette, read, columns }: DetailOptions): (finding: Finding) => string[] {
  let file: FilePath | undefined;
  let lines: Lines = [];
  return (finding) => {
    if (finding.file !== file) lines = linesOf(read(finding.file) ?? '');
    file = finding.file;
    const margin = String(finding.range.start.line + 1).length;
    const edge = (text: string): string => palette.dim(`${text.padStart(margin + 2)} | `);
    const note = (label: string, text: string): string =>
      `${' '.repeat(margin + 2)} ${palette.dim('=')} ${palette.bold(`${label}:`)} ${text}`;
    const shown = excerpt(lines, finding.range, columns - margin - 5);
    const details: string[] = [];
    if (shown !== undefined) {
      details.push(
        edge(String(shown.lineNumber)) + shown.source,
        edge('') + palette.severity(finding.severity, shown.carets),
      );
    }
    for (const place of finding.related ?? [])
      details.push(note('see', `${placeText(place)}: ${plain(place.message)}`));
    const { clusters = [], fix } = finding;
    if (clusters.length > 0)
      details.push(note(clusters.length === 1 ? 'cluster' : 'clusters', plain(clusters.join(', '))));
    if (fix !== undefined) details.push(note('fix', plain(fix.title)));
    return details;
  };
}

/** `3 errors, 2 warnings in 436 files · 1 cluster · 78 Kustomizations · 0.42 s` */
export function summaryLine(findings: readonly Finding[], summary: Summary, isWithoutFlux: boolean): string {
  const counts = countSeverities(findings);
  const found = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) =>
      severity === 'information' ? `${counts[severity]} information` : count(counts[severity], severity),
    );
  const parts = [`${found.length === 0 ? '0 findings' : found.join(', ')} in ${count(summary.files, 'file')}`];
  if (isWithoutFlux) parts.push('no Flux found');
  else parts.push(count(summary.clusters, 'cluster'), count(summary.kustomizations, 'Kustomization'));
  parts.push(`${summary.seconds.toFixed(2)} s`);
  return parts.join(' · ');
}
