import { type FilePath } from '../model/file-path';
import { type Finding } from '../model/finding';

/** What is known to be wrong with one file now. */
export interface FileReport {
  readonly path: FilePath;
  readonly findings: readonly Finding[];
  /** Changes whenever the findings do; never used again for other findings while the server runs. */
  readonly resultId: string;
}

/** The newest findings of every file of one root; publishing and pulling are views on it. */
export interface Board {
  report(path: FilePath): FileReport | undefined;
  /** Files that have findings or had some that the client may still show. */
  reports(): Iterable<FileReport>;
  /** @returns true when the findings differ from those before. */
  put(path: FilePath, findings: readonly Finding[]): boolean;
  /** Files the client may show findings of although the judge names them no more: those not in `judged` are cleared. */
  keepOnly(judged: ReadonlyMap<FilePath, unknown>): void;
  /** The same findings look different now (another severity): every report gets a new id. */
  restamp(): void;
}

export function createBoard(): Board {
  const reports = new Map<FilePath, FileReport>();
  let serial = 0;
  const put = (path: FilePath, findings: readonly Finding[]): boolean => {
    const before = reports.get(path);
    if (before === undefined ? findings.length === 0 : sameFindings(before.findings, findings)) return false;
    serial++;
    reports.set(path, { path, findings, resultId: serial.toString(36) });
    return true;
  };
  return {
    report: (path) => reports.get(path),
    reports: () => reports.values(),
    put,
    keepOnly(judged) {
      for (const path of reports.keys()) if (!judged.has(path)) put(path, []);
    },
    restamp() {
      for (const report of reports.values()) {
        serial++;
        reports.set(report.path, { ...report, resultId: serial.toString(36) });
      }
    },
  };
}

// Only what a client sees counts: pass B learns of the same finding which object and clusters it concerns.
const shownOf = (findings: readonly Finding[]): string =>
  JSON.stringify(
    findings.map(({ code, severity, message, range, related, fix }) => [code, severity, message, range, related, fix]),
  );

const sameFindings = (a: readonly Finding[], b: readonly Finding[]): boolean =>
  a === b || (a.length === b.length && (a.length === 0 || shownOf(a) === shownOf(b)));
