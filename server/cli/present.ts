import { severities } from '../model/finding';
import { type Analysis } from './analyse';
import { createPalette, usesColour } from './colour';
import { count, type ExitCode, exitCodes, type Io } from './io';
import { type Given } from './options';
import { jsonReport } from './report/json';
import { inOrder, reaches } from './report/order';
import { isWithoutFlux, summarise } from './report/summary';
import { createDetails, findingLine, summaryLine } from './report/text';
import { type Target } from './target';

// For a terminal that does not tell its width, and for colored output into a pipe.
const usualColumns = 100;

/** Prints what a check found, in the format and up to the threshold that were asked for. */
export function present(
  { snapshot, verdict, seconds }: Analysis,
  target: Target,
  { values, flags }: Given,
  io: Io,
): ExitCode {
  const findings = inOrder(verdict?.findings ?? new Map());
  const summary = summarise(snapshot, seconds());
  if (values.get('format') === 'json') {
    io.out(jsonReport(target.root, findings, snapshot.clusters, summary));
  } else {
    const mode = values.get('color') ?? 'auto';
    const palette = createPalette(usesColour(mode, io));
    const read = (file: string): string | undefined => snapshot.yaml(file)?.text;
    const details = createDetails({ palette, read, columns: io.columns ?? usualColumns });
    const hasDetails = io.isOutTerminal === true || mode === 'always';
    const lines: string[] = [];
    // Hints are for the editor, where they are quiet; here the summary counts them.
    for (const finding of findings.filter(({ severity }) => severity !== 'hint' || flags.has('hints'))) {
      lines.push(findingLine(finding, palette));
      if (hasDetails) lines.push(...details(finding), '');
    }
    const isEmpty = summary.files === 0;
    lines.push(
      isEmpty
        ? `0 findings: ${target.name} holds no YAML file`
        : summaryLine(findings, summary, isWithoutFlux(snapshot)),
    );
    io.out(`${lines.join('\n')}\n`);
  }
  const disabled = verdict?.disabled ?? [];
  if (disabled.length > 0) {
    const codes = `${count(disabled.length, 'rule')} failed inside (${disabled.join(', ')})`;
    io.err(`fluxwright: ${codes}, so findings may be missing. Run again with --debug and report it as an issue.\n`);
    return exitCodes.internal;
  }
  const word = values.get('fail-on') ?? 'error';
  const threshold = severities.find((severity) => severity === word);
  return threshold !== undefined && reaches(findings, threshold) ? exitCodes.findings : exitCodes.good;
}
