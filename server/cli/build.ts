import { resolve } from 'node:path';
import { buildKustomization, emitBuild } from '../build/kustomize/build';
import { isFault, type EngineFault } from '../build/kustomize/fault';
import { rangeOfFault } from '../build/kustomize/fault-range';
import { createBuildFiles, rootOfBuild, type BuildFiles } from '../host/build-files';
import { rootOfArgument } from '../host/root';
import { type FilePath } from '../model/file-path';
import { buildAll } from './build-all';
import { buildHelp } from './help';
import { type Command, type ExitCode, exitCodes, type Io, plain } from './io';
import { type Given, type Options, readOptions } from './options';
import { refuse } from './refuse';

const options: Options = {
  root: { kind: 'text', what: 'the folder that no file may lie outside of' },
  all: { kind: 'text', what: 'the folder of the repository' },
  out: { kind: 'text', what: 'the folder to write to' },
};

const nextStep = 'Run fluxwright build --help to see what it takes.';

/** `fluxwright build`: prints what a kustomization renders to. */
export const build: Command = {
  help: buildHelp,
  run: async (args, io) => Promise.resolve(runBuild(args, io)),
};

function runBuild(args: readonly string[], io: Io): ExitCode {
  const read = readOptions(args, options);
  if ('fault' in read) return refuse(io, read.fault, nextStep);
  return read.given.values.has('all') ? runAll(read.given, io) : runOne(read.given, io);
}

function runOne({ values, positionals }: Given, io: Io): ExitCode {
  const [name = '.', second] = positionals;
  if (second !== undefined)
    return refuse(io, `Only one folder can be given, but there is ${name} and ${second}.`, nextStep);
  if (values.has('out')) return refuse(io, '--out goes with --all only.', nextStep);
  const folder = rootOfArgument(name);
  if ('fault' in folder) return fail(io, folder.fault);
  const root = values.get('root');
  const given = root === undefined ? undefined : rootOfArgument(root);
  if (given !== undefined && 'fault' in given) return refuse(io, given.fault, nextStep);
  const found = rootOfBuild(folder.root, given?.root);
  if (found === undefined) return refuse(io, `${name} is not below ${root ?? ''}.`, nextStep);
  const files = createBuildFiles(found.root);
  const result = buildKustomization({ files, directory: found.directory, reorder: 'legacy' });
  for (const warning of result.warnings) io.err(`${warning}\n`);
  const output = result.kind === 'failed' ? result.fault : emitBuild(result);
  if (isFault(output)) return fail(io, describeFault(files, output));
  io.out(output.text);
  return exitCodes.good;
}

function runAll({ values, positionals }: Given, io: Io): ExitCode {
  const out = values.get('out');
  if (out === undefined) return refuse(io, '--all needs --out, the folder to write to.', nextStep);
  if (positionals.length > 0 || values.has('root')) {
    return refuse(io, '--all names the folder itself; give no other folder and no --root.', nextStep);
  }
  const found = rootOfArgument(values.get('all') ?? '.');
  if ('fault' in found) return refuse(io, found.fault, nextStep);
  return buildAll(createBuildFiles(found.root), resolve(out), io);
}

function fail(io: Io, message: string): ExitCode {
  io.err(`Error: ${plain(message)}\n`);
  return exitCodes.findings;
}

/** A fault as one line that starts with its place, as `fluxwright check` prints findings. */
function describeFault(files: BuildFiles, fault: EngineFault): string {
  const range = rangeOfFault(files, fault);
  const file: FilePath = fault.file === '' ? '.' : fault.file;
  const place = range === undefined ? file : `${file}:${range.start.line + 1}:${range.start.character + 1}`;
  return `${place}: ${fault.message}`;
}
