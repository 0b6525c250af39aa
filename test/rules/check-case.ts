import { existsSync, readFileSync } from 'node:fs';
import { type FilePath } from '../../server/model/file-path';
import { type Finding, type Fix } from '../../server/model/finding';
import { type Clock, type Git, type Log } from '../../server/model/ports';
import { finish } from '../../server/model/steps';
import { rules } from '../../server/rules/index';
import { createJudge } from '../../server/rules/judge';
import { type Kubernetes, loadKubernetes } from '../../server/validation/kubernetes';
import { createSchemas } from '../../server/workspace/schemas';
import { createWorkspace } from '../../server/workspace/workspace';
import { type MemoryFiles, memoryFiles } from '../support/memory-files';

/** What a check of a small repository needs besides its files. */
export interface Surroundings {
  readonly flux?: string;
  readonly remotes?: readonly string[];
}

const clock: Clock = { now: () => 0, yield: (callback) => callback(), after: (_, callback) => callback() };

/** Rules that threw in any check of this process, with what they said. */
export const failures: string[] = [];

const log: Log = {
  write: (level, message, fields) => {
    if (level === 'error') failures.push(`${message} ${JSON.stringify(fields)}`);
  },
};

let kubernetes: Kubernetes | undefined;

/** The generated schemas of built-in kinds, which `npm run build` writes. */
function builtInKinds(): Kubernetes {
  const file = 'dist/schemas/kubernetes.json';
  if (!existsSync(file)) throw new Error(`${file} is missing: run npm run build`);
  return (kubernetes ??= loadKubernetes(() => readFileSync(file, 'utf8')));
}

/** Every finding of every rule in a repository, in order of files. */
export function check(files: MemoryFiles, { flux, remotes }: Surroundings = {}): Finding[] {
  const git: Git = {
    remotes: () => (remotes?.length === 0 ? undefined : remotes),
    isTracked: () => undefined,
    revision: () => Promise.resolve(undefined),
  };
  const options = flux === undefined ? {} : { fluxVersion: flux };
  const snapshot = finish(createWorkspace({ files, git, clock, log }, options).link());
  const verdict = finish(createJudge(rules, createSchemas(builtInKinds), log).judge(snapshot));
  return [...verdict.findings.values()].flat();
}

/** The repository after a fix. */
export function applyFix(texts: ReadonlyMap<FilePath, string>, fix: Fix): Map<FilePath, string> {
  const changed = new Map(texts);
  const edits = fix.edits.map((edit) => {
    const text = texts.get(edit.file) ?? '';
    const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const offset = ({ line, character }: { line: number; character: number }): number =>
      (starts[line] ?? text.length) + character;
    return { file: edit.file, start: offset(edit.range.start), end: offset(edit.range.end), newText: edit.newText };
  });
  // From the end, so that earlier offsets stay true.
  for (const { file, start, end, newText } of edits.sort((a, b) => b.start - a.start)) {
    const text = changed.get(file) ?? '';
    changed.set(file, text.slice(0, start) + newText + text.slice(end));
  }
  return changed;
}

/** Files of a case. A replacement character stands where its text is no UTF-8. */
export function filesOf(texts: ReadonlyMap<FilePath, string>): MemoryFiles {
  const files = memoryFiles(texts);
  for (const [path, text] of texts) {
    const offset = text.indexOf('\uFFFD');
    if (offset >= 0) files.setResult(path, { kind: 'invalid-utf8', text, offset });
  }
  return files;
}
