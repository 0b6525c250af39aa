import { resolve } from 'node:path';
import { buildKustomization, emitBuild } from '../build/kustomize/build';
import { isFault } from '../build/kustomize/fault';
import { createBuildFiles, rootOfBuild } from '../host/build-files';
import { rootOfArgument } from '../host/root';
import { buildAll } from './build-all';
import { buildOneKustomization } from './build-kustomization';
import { describeFault } from './describe-fault';
import { buildHelp } from './help';
import { type Command, type ExitCode, exitCodes, type Io, plain } from './io';
import { type Given, type Options, readOptions } from './options';
import { refuse } from './refuse';

const options: Options = {
  root: { kind: 'text', what: 'the folder that no file may lie outside of' },
  all: { kind: 'text', what: 'the folder of the repository' },
  out: { kind: 'text', what: 'the folder to write to' },
  kustomization: { kind: 'text', what: 'a Flux Kustomization, NAMESPACE/NAME' },
  cluster: { kind: 'text', what: 'the path of a cluster' },
  'flux-version': { kind: 'text', what: 'a release of Flux, such as 2.10' },
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
  const { values } = read.given;
  if (values.has('kustomization')) {
    const other = ['all', 'out', 'root'].find((name) => values.has(name));
    if (other !== undefined) return refuse(io, `--${other} does not go with --kustomization.`, nextStep);
    return buildOneKustomization(read.given, io, nextStep);
  }
  const lonely = ['cluster', 'flux-version'].find((name) => values.has(name));
  if (lonely !== undefined) return refuse(io, `--${lonely} goes with --kustomization only.`, nextStep);
  return values.has('all') ? runAll(read.given, io) : runOne(read.given, io);
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
