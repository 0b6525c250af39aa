/** What a command sees of the terminal that runs it. */
export interface Io {
  /** Standard output. */
  out(text: string): void;
  /** Standard error. */
  err(text: string): void;
  /** Node leaves what belongs to a terminal undefined where the stream is none. */
  readonly isOutTerminal: boolean | undefined;
  readonly isErrTerminal: boolean | undefined;
  /** Width of the terminal. */
  readonly columns: number | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Folder of the built program, where its data lies. */
  readonly programFolder: string;
}

/** Nothing at or over the threshold, findings, wrong usage or configuration, fault of ours. */
export const exitCodes = { good: 0, findings: 1, usage: 2, internal: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** One command of the program. */
export interface Command {
  readonly help: string;
  run(args: readonly string[], io: Io): Promise<ExitCode>;
}

/** `1 cluster`, `2 clusters`, `1,038 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  // Intl loads for longer than a small repository takes to check.
  const digits = String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${digits} ${number === 1 ? one : many}`;
}

/** Text of a repository as one line without characters that a terminal would obey. */
export function plain(text: string): string {
  // Marks that change the direction of text could make a line show something it does not say.
  return text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/\t/g, ' ')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
