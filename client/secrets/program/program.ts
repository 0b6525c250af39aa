/** A program to run, without a shell. Secrets go by `input` and `environment`, never in `command`. */
export interface ProgramRequest {
  readonly command: readonly string[];
  /** Added to the environment of the editor. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: Uint8Array;
  readonly directory?: string;
}

/** What came of it. What a program says on its error output is not kept: it may quote what it was given. */
export type ProgramResult =
  | { readonly kind: 'done'; readonly output: Uint8Array }
  | { readonly kind: 'failed'; readonly exitCode: number | undefined }
  | { readonly kind: 'missing' }
  | { readonly kind: 'stopped' };

/** Runs a program; never rejects. */
export type ProgramRunner = (request: ProgramRequest) => Promise<ProgramResult>;
