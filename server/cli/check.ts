import { analyse, configurationFaults } from './analyse';
import { colourModes } from './colour';
import { checkHelp } from './help';
import { type Command, type ExitCode, type Io } from './io';
import { type Options, readOptions } from './options';
import { present } from './present';
import { refuse, refuseConfiguration } from './refuse';
import { readTarget } from './target';

const options: Options = {
  format: { kind: 'choice', values: ['text', 'json'], later: ['sarif', 'github', 'gitlab', 'junit'] },
  'fail-on': { kind: 'choice', values: ['error', 'warning', 'none'] },
  'flux-version': { kind: 'text', what: 'a release of Flux, such as 2.10' },
  hints: { kind: 'flag' },
  color: { kind: 'choice', values: colourModes },
};

const nextStep = 'Run fluxwright check --help to see what it takes.';

/** `fluxwright check`: reports what is wrong in a repository. */
export const check: Command = {
  help: checkHelp,
  run: async (args, io) => Promise.resolve(runCheck(args, io)),
};

function runCheck(args: readonly string[], io: Io): ExitCode {
  const read = readOptions(args, options);
  if ('fault' in read) return refuse(io, read.fault, nextStep);
  const found = readTarget(read.given);
  if ('fault' in found) return refuse(io, found.fault, nextStep);
  const analysis = analyse(found.target, io, { judges: true, isDebug: read.given.flags.has('debug') });
  const faults = configurationFaults(analysis.snapshot);
  return faults.length > 0 ? refuseConfiguration(io, faults) : present(analysis, found.target, read.given, io);
}
