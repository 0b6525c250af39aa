import { type ExitCode, exitCodes, type Io, plain } from './io';

/** One sentence about what is wrong and one about what to do. */
export function refuse(io: Io, fault: string, nextStep: string): ExitCode {
  io.err(`fluxwright: ${plain(fault)} ${nextStep}\n`);
  return exitCodes.usage;
}

/** What is wrong in `.fluxwright.yaml`, a line each, and what to do. */
export function refuseConfiguration(io: Io, faults: readonly string[]): ExitCode {
  io.err(`${faults.join('\n')}\n`);
  return refuse(io, 'The configuration cannot be used.', 'Correct .fluxwright.yaml and run again.');
}
