import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range } from 'vscode-languageserver/node';
import { type FilePath } from '../model/file-path';
import { type Finding, type Fix, type Severity } from '../model/finding';
import { type CarriedFix } from '../features/code-actions';
import { type ClientSupport } from './client-support';
import { rulePage } from './homepage';
import { encodePosition, type LineSource } from './position-encoding';

/** What a finding needs to become a diagnostic of one client. */
export interface DiagnosticContext {
  readonly support: ClientSupport;
  readonly uriOf: (path: FilePath) => string;
  /** Text of a file as it was judged; asked only for other encodings than UTF-16. */
  readonly linesOf: (path: FilePath) => LineSource;
  /** Version of the document as it was judged; undefined for a file that is not open. */
  readonly versionOf: (path: FilePath) => number | undefined;
  /** Severity that the user's editor settings give the rule. */
  readonly override: (code: string) => Severity | 'off' | undefined;
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Findings of one file as the client may show them; a rule that is switched off in the editor gives none. */
export function toDiagnostics(findings: readonly Finding[], context: DiagnosticContext): Diagnostic[] {
  return findings.flatMap((finding) => toDiagnostic(finding, context) ?? []);
}

function toDiagnostic(finding: Finding, context: DiagnosticContext): Diagnostic | undefined {
  const { support } = context;
  const override = context.override(finding.code);
  if (override === 'off') return undefined;
  const isOverridden = override !== undefined && override !== finding.severity;
  const diagnostic: Diagnostic = {
    range: encodeRange(finding.file, finding.range, context),
    severity: severities[override ?? finding.severity],
    code: finding.code,
    source: 'flux',
    // The note keeps the editor honest: CI reads the committed configuration and says something else.
    message: isOverridden ? `${finding.message} (Severity set by your editor settings.)` : finding.message,
  };
  const page = rulePage(finding.code);
  if (page !== undefined && support.codeDescription) diagnostic.codeDescription = { href: page };
  if (support.diagnosticTags && finding.code.includes('deprecated')) diagnostic.tags = [DiagnosticTag.Deprecated];
  if (support.diagnosticTags && finding.isUnnecessary === true) diagnostic.tags = [DiagnosticTag.Unnecessary];
  if (support.relatedInformation && finding.related !== undefined) {
    diagnostic.relatedInformation = finding.related.map(({ file, range, message }) => ({
      location: { uri: context.uriOf(file), range: encodeRange(file, range, context) },
      message,
    }));
  }
  if (finding.fix !== undefined) diagnostic.data = carry(finding.fix, context);
  return diagnostic;
}

/** The fix travels with its diagnostic, so that offering it needs no second computation and no matching by text. */
function carry(fix: Fix, context: DiagnosticContext): { readonly fix: CarriedFix } {
  const byFile = new Map<FilePath, { range: Range; newText: string }[]>();
  for (const { file, range, newText } of fix.edits) {
    const edits = byFile.get(file) ?? [];
    edits.push({ range: encodeRange(file, range, context), newText });
    byFile.set(file, edits);
  }
  const files = [...byFile].map(([file, edits]) => ({
    uri: context.uriOf(file),
    version: context.versionOf(file) ?? null,
    edits,
  }));
  return { fix: { title: fix.title, files } };
}

/** A UTF-16 range of a file in the client's encoding. */
export function encodeRange(
  path: FilePath,
  range: Finding['range'],
  context: Pick<DiagnosticContext, 'support' | 'linesOf'>,
): Range {
  const { encoding } = context.support;
  if (encoding === 'utf-16') return range;
  const lines = context.linesOf(path);
  return { start: encodePosition(lines, range.start, encoding), end: encodePosition(lines, range.end, encoding) };
}
