import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type FilePath } from '../../server/model/file-path';
import { type Finding, type Severity, severities } from '../../server/model/finding';

/** One finding that a fixture asks for. Line and characters from 0, UTF-16. */
export interface Expectation {
  readonly file: FilePath;
  readonly line: number;
  readonly start: number;
  /** End on the same line; undefined when only the start is asked for. */
  readonly end: number | undefined;
  readonly code: string;
  readonly severity?: Severity;
  /** Must be contained in the message. */
  readonly text?: string;
}

/** One small repository with what must be found in it. The grammar is described in `test/rules/README.md`. */
export interface Case {
  /** Name of the fixture without `.yaml`. */
  readonly name: string;
  readonly files: ReadonlyMap<FilePath, string>;
  readonly expected: readonly Expectation[];
  /** Value of the option `# flux:`. */
  readonly flux?: string;
  /** Values of the options `# remote:`, normalised as the Git port gives them. */
  readonly remotes: readonly string[];
  /** Codes that are compared; undefined: all. */
  readonly rules?: readonly string[];
  /** Codes that may appear unasked at severity hint. */
  readonly hints?: readonly string[];
}

const fileLine = /^# file: (\S.*)$/;
const optionLine = /^# (flux|remote|rules|hints): (\S.*)$/;
const optionsFile = '_case.txt';
const markerLine =
  /^[ \t]*#(?:(?<edge><?)(?<gap> *)(?<carets>\^+)(?<open>>?)|@(?<from>\d+)-(?<to>\d+)) (?<code>[a-z0-9-]+)(?: \[(?<severity>[a-z]+)\])?(?:: (?<text>.+))?$/;

/** Every case below a folder of fixtures (`*.yaml` files and folders), sorted by name. */
export function readCases(directory: string): Case[] {
  return readdirSync(directory)
    .filter((entry) => entry.endsWith('.yaml') || statSync(join(directory, entry)).isDirectory())
    .sort()
    .map((entry) => readCase(join(directory, entry)));
}

/** Reads one case: a single `*.yaml` file, or a folder that is the repository itself. */
export function readCase(path: string): Case {
  if (!statSync(path).isDirectory()) return parseCase(basename(path, '.yaml'), readFileSync(path, 'utf8'));
  const files = new Map<FilePath, string>();
  let header: string[] = [];
  for (const entry of readdirSync(path, { recursive: true }).map(String).sort()) {
    const full = join(path, entry);
    if (statSync(full).isDirectory()) continue;
    const text = readFileSync(full, 'utf8');
    if (entry === optionsFile) header = text.split('\n');
    else files.set(entry.replaceAll('\\', '/'), text);
  }
  return makeCase(basename(path), header, files);
}

/** Cuts a text at its `# file:` lines. What stands before the first is the header with the options. */
export function parseCase(name: string, text: string): Case {
  const header: string[] = [];
  const files = new Map<FilePath, string>();
  let lines = header;
  let path: FilePath | undefined;
  const close = (): void => {
    if (path !== undefined) files.set(path, lines.length === 0 ? '' : `${lines.join('\n')}\n`);
  };
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const next = fileLine.exec(line)?.[1];
    if (next === undefined) {
      lines.push(line);
      continue;
    }
    close();
    if (files.has(next)) throw new Error(`${name}: the file ${next} is given twice`);
    path = next;
    lines = [];
  }
  close();
  if (files.size === 0) throw new Error(`${name}: no '# file:' line`);
  return makeCase(name, header, files);
}

function makeCase(name: string, header: readonly string[], files: ReadonlyMap<FilePath, string>): Case {
  const options = new Map<string, string[]>();
  for (const line of header) {
    const [, key, value] = optionLine.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    options.set(key, [...(options.get(key) ?? []), ...value.split(/[ ,]+/)]);
  }
  const flux = options.get('flux')?.[0];
  const rules = options.get('rules');
  const hints = options.get('hints');
  return {
    name,
    files,
    expected: [...files].flatMap(([file, text]) => readMarkers(file, text)),
    remotes: options.get('remote') ?? [],
    ...(flux === undefined ? {} : { flux }),
    ...(rules === undefined ? {} : { rules }),
    ...(hints === undefined ? {} : { hints }),
  };
}

/** The expectations written as comments in one text. A line that looks like a marker but is none throws. */
export function readMarkers(file: FilePath, text: string): Expectation[] {
  const expected: Expectation[] = [];
  let above = -1;
  for (const [number, line] of text.split(/\r?\n/).entries()) {
    if (!/^[ \t]*#(?:<? *\^|@\d)/.test(line)) {
      above = number;
      continue;
    }
    const where = `${file}:${number + 1}`;
    const found = markerLine.exec(line)?.groups;
    if (found === undefined) throw new Error(`${where}: not a marker: ${line.trim()}`);
    if (above < 0) throw new Error(`${where}: no line above the marker`);
    const { severity, text: message } = found;
    if (severity !== undefined && !isSeverity(severity)) throw new Error(`${where}: unknown severity ${severity}`);
    expected.push({
      file,
      line: above,
      ...columnsOf(line, found),
      code: found['code'] ?? '',
      ...(severity === undefined ? {} : { severity }),
      ...(message === undefined ? {} : { text: message }),
    });
  }
  return expected;
}

function columnsOf(
  line: string,
  found: Readonly<Record<string, string | undefined>>,
): Pick<Expectation, 'start' | 'end'> {
  if (found['from'] !== undefined) return { start: Number(found['from']), end: Number(found['to']) };
  const first = line.indexOf('^');
  const start = found['edge'] === '<' ? line.indexOf('#') : first;
  return { start, end: found['open'] === '>' ? undefined : first + (found['carets'] ?? '').length };
}

function isSeverity(text: string): text is Severity {
  return (severities as readonly string[]).includes(text);
}

const place = (file: FilePath, line: number, start: number, end: string): string =>
  `${file}:${line + 1}:${start + 1}-${end}`;

function showExpected({ file, line, start, end, code, severity, text }: Expectation): string {
  const level = severity === undefined ? '' : ` [${severity}]`;
  const message = text === undefined ? '' : `: …${text}…`;
  return `${place(file, line, start, end === undefined ? '…' : String(end + 1))} ${code}${level}${message}`;
}

function showFinding({ file, range: { start, end }, code, severity, message }: Finding): string {
  const last = end.line === start.line ? String(end.character + 1) : `${end.line + 1}:${end.character + 1}`;
  return `${place(file, start.line, start.character, last)} ${code} [${severity}]: ${message}`;
}

/** What keeps a finding from being the expected one, of the things a fixture states; empty when it is. */
function differencesOf(expected: Expectation, { file, range, severity, message }: Finding): string[] {
  const found: string[] = [];
  const isStart = range.start.line === expected.line && range.start.character === expected.start;
  const isEnd =
    expected.end === undefined || (range.end.line === expected.line && range.end.character === expected.end);
  if (file !== expected.file) found.push('file');
  if (!isStart || !isEnd) found.push('range');
  if (expected.severity !== undefined && severity !== expected.severity) found.push('severity');
  if (expected.text !== undefined && !message.includes(expected.text)) found.push('message');
  return found;
}

/**
 * Readable differences between what fixtures ask for and what was found; empty when they agree. Every finding
 * must be asked for exactly once. A finding that differs in place, severity or message only is shown as one
 * difference, not as a missing and an unexpected one.
 */
export function compare(
  expected: readonly Expectation[],
  findings: readonly Finding[],
  { rules, hints = [] }: Pick<Case, 'rules' | 'hints'> = {},
): string[] {
  const judged = (code: string): boolean => rules === undefined || rules.includes(code);
  let missing = expected.filter(({ code }) => judged(code));
  const unexpected = new Set(findings.filter(({ code }) => judged(code)));
  const differences: string[] = [];

  // From the strictest pairing to the loosest, so that an exact partner is never taken by a near one.
  for (const tolerated of [0, 1, 2]) {
    missing = missing.filter((wanted) => {
      for (const finding of unexpected) {
        if (finding.code !== wanted.code) continue;
        const wrong = differencesOf(wanted, finding);
        if (wrong.length > tolerated || wrong.includes('file')) continue;
        unexpected.delete(finding);
        if (wrong.length > 0) {
          differences.push(
            `wrong ${wrong.join(' and ')}: asked ${showExpected(wanted)}\n  found ${showFinding(finding)}`,
          );
        }
        return false;
      }
      return true;
    });
  }
  differences.push(...missing.map((wanted) => `missing: ${showExpected(wanted)}`));
  for (const finding of unexpected) {
    const isAllowed = finding.severity === 'hint' && hints.includes(finding.code);
    if (!isAllowed) differences.push(`unexpected: ${showFinding(finding)}`);
  }
  return differences.sort();
}
