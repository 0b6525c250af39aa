import { nearest } from '../model/nearest';
import { programHelp } from './help';
import { type Command, type ExitCode, exitCodes, type Io, plain } from './io';
import { refuse } from './refuse';

// Each command is loaded when it is called: the engine behind them costs more than --version may.
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./commands')).check,
  graph: async () => (await import('./commands')).graph,
  build: async () => (await import('./commands')).build,
};
const commandsToCome = ['diff', 'mcp'];

function refuseCommand(io: Io, name: string): ExitCode {
  const nextStep = 'Run fluxwright --help to see what there is.';
  if (commandsToCome.includes(name)) return refuse(io, `The command ${name} does not exist yet.`, nextStep);
  const [likely] = nearest(name, Object.keys(commands), 1);
  const fault = name.startsWith('-') ? `There is no option ${name}.` : `There is no command ${name}.`;
  return refuse(io, likely === undefined ? fault : `${fault} Did you mean ${likely}?`, nextStep);
}

const asksForHelp = (args: readonly string[]): boolean => args.includes('--help') || args.includes('-h');

/** True for arguments that name a command and want more of it than its help. */
export function doesWork(args: readonly string[]): boolean {
  return args[0] !== undefined && Object.hasOwn(commands, args[0]) && !asksForHelp(args);
}

/** Runs the program with its arguments; never throws. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined) return refuse(io, 'A command is missing.', 'Run fluxwright --help to see what there is.');
  if (name === '--help' || name === '-h' || name === 'help') {
    io.out(programHelp);
    return exitCodes.good;
  }
  if (name === '--version') {
    io.out(`${io.version}\n`);
    return exitCodes.good;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) return refuseCommand(io, name);
  try {
    const command = await load();
    if (asksForHelp(rest)) {
      io.out(command.help);
      return exitCodes.good;
    }
    return await command.run(rest, io);
  } catch (error) {
    return reportInternalError(error, args.includes('--debug'), io);
  }
}

function reportInternalError(error: unknown, isDebug: boolean, io: Io): ExitCode {
  const reason = error instanceof Error ? error.message : String(error);
  io.err(`fluxwright: Something failed inside: ${plain(reason)}. Run again with --debug and report it as an issue.\n`);
  if (isDebug && error instanceof Error) io.err(`${error.stack ?? ''}\n`);
  return exitCodes.internal;
}
