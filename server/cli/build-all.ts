import { buildKustomization, emitBuild } from '../build/kustomize/build';
import { isFault } from '../build/kustomize/fault';
import { kustomizationNames } from '../build/kustomize/load/kustomization';
import { createNodeClock } from '../host/node-clock';
import { writeOutput, type BuildFiles } from '../host/build-files';
import { type FilePath } from '../model/file-path';
import { type Steps } from '../model/steps';
import { openFile, type YamlFile } from '../yaml/file';
import { type ExitCode, exitCodes, type Io, plain } from './io';
import { createProgress } from './progress';

type Row = readonly [directory: string, state: 'built' | 'component' | 'error', detail: string];

const componentKind = /^kind:\s*['"]?Component/m;
const separators = /^---$/m;

/**
 * Builds every kustomization of a repository and writes `DIRECTORY.yaml` for each that succeeds (`root.yaml` for the
 * root), and `index.tsv`: directory, `built`, `component` or `error`, number of objects or the reason.
 */
export function buildAll(files: BuildFiles, out: string, io: Io): ExitCode {
  const progress = createProgress(io, createNodeClock());
  let rows: Row[];
  try {
    rows = progress.run('Building', buildEach(keepTexts(files), out));
  } finally {
    progress.end();
  }
  rows.sort(([a], [b]) => (a < b ? -1 : 1));
  writeOutput(out, 'index.tsv', rows.map((row) => `${row.join('\t')}\n`).join(''));
  const failed = rows.filter(([, state]) => state === 'error').length;
  const built = rows.filter(([, state]) => state === 'built').length;
  io.err(`${String(built)} built, ${String(failed)} failed, ${String(rows.length - built - failed)} components\n`);
  return exitCodes.good;
}

/** Files that are read once, whatever number of builds asks for them. */
function keepTexts(files: BuildFiles): BuildFiles & { open(path: FilePath, text: string): YamlFile } {
  const reads = new Map<FilePath, ReturnType<BuildFiles['read']>>();
  const stats = new Map<FilePath, ReturnType<BuildFiles['stat']>>();
  const opened = new Map<FilePath, YamlFile>();
  const kept = <T>(store: Map<FilePath, T>, path: FilePath, make: () => T): T => {
    let found = store.get(path);
    if (found === undefined) store.set(path, (found = make()));
    return found;
  };
  return {
    ...files,
    read: (path) => kept(reads, path, () => files.read(path)),
    stat: (path) => kept(stats, path, () => files.stat(path)),
    open: (path, text) => kept(opened, path, () => openFile(path, text, 0)),
  };
}

function* buildEach(files: ReturnType<typeof keepTexts>, out: string): Steps<Row[]> {
  const rows: Row[] = [];
  for (const directory of kustomizationFolders(files)) {
    rows.push(buildOne(files, directory, out));
    yield;
  }
  return rows;
}

function kustomizationFolders(files: BuildFiles): FilePath[] {
  const folders = new Set<FilePath>();
  const names: ReadonlySet<string> = new Set(kustomizationNames);
  for (const path of files.walk('')) {
    if (path.startsWith('node_modules/') || path.includes('/node_modules/')) continue;
    const slash = path.lastIndexOf('/');
    if (names.has(path.slice(slash + 1))) folders.add(slash < 0 ? '' : path.slice(0, slash));
  }
  return [...folders];
}

function buildOne(files: ReturnType<typeof keepTexts>, directory: FilePath, out: string): Row {
  const name = directory === '' ? '.' : directory;
  const file = kustomizationNames
    .map((one) => (directory === '' ? one : `${directory}/${one}`))
    .find((path) => files.stat(path) === 'file');
  const read = file === undefined ? undefined : files.read(file);
  if (read?.kind === 'text' && componentKind.test(read.text)) return [name, 'component', ''];
  const result = buildKustomization({ files, directory, reorder: 'legacy' });
  const output = result.kind === 'failed' ? result.fault : emitBuild(result);
  if (isFault(output)) return [name, 'error', plain(`${output.file}: ${output.message}`).slice(0, 300)];
  writeOutput(out, `${directory === '' ? 'root' : directory}.yaml`, output.text);
  const count = output.text.split(separators).filter((piece) => piece.trim() !== '').length;
  return [name, 'built', String(count)];
}
