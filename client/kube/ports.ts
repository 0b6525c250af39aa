import { type Log } from '../../server/model/ports';
import { type Slices } from '../status/slices';

/** Time of the wall, and timers. Tests move it by hand. */
export interface WallClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs the callback once after so many milliseconds. @returns what takes it back. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** A number from 0 up to, not including, 1. */
export type Random = () => number;

/** What a file of credentials or configuration is. `unreadable` carries the system's code (`EACCES`). */
export type LocalFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Files of the machine the extension host runs on, by absolute path. */
export interface LocalFiles {
  read(path: string): Promise<LocalFile>;
  /** Calls back, perhaps more often than needed, when one of the files may have changed. @returns what ends it. */
  watch(paths: readonly string[], changed: () => void): () => void;
}

/** One run of a program, without a shell. */
export interface ProgramRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Ends the program when it fires. */
  readonly signal: AbortSignal;
}

export type ProgramResult =
  | { readonly kind: 'ended'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'not-found' }
  /** Could not be started, or said more than `limit` bytes, or was ended from outside; the system's code. */
  | { readonly kind: 'broken'; readonly reason: string };

export interface Programs {
  /** Resolves however the program ends; at once when the signal fires. */
  run(run: ProgramRun): Promise<ProgramResult>;
}

/** What is remembered on this machine between runs, never synced. */
export interface Storage {
  get(key: string): string | undefined;
  /** undefined forgets the key. */
  set(key: string, value: string | undefined): Promise<void>;
}

/** A program that a kubeconfig wants to run for a login. */
export interface PluginQuestion {
  readonly context: string;
  /** As it would be run: absolute when the kubeconfig names a path. */
  readonly command: string;
  readonly args: readonly string[];
  /** Names of the variables that the kubeconfig sets for it; their values may be secret. */
  readonly variables: readonly string[];
}

export interface Prompts {
  /** Asked once per program and arguments; a yes is remembered. */
  allowPlugin(question: PluginQuestion): Promise<boolean>;
}

export interface Environment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The home folder. */
  readonly home: string;
  /** How messages name the machine: `this machine`, `the remote machine build-1`. */
  readonly machine: string;
}

/** Choices of the user, asked each time they matter. */
export interface KubeSettings {
  /** Namespaces to watch where a kind may not be listed in all of them; the context's own is always among them. */
  namespaces(context: string): readonly string[];
  /** Writes to the context are refused. */
  isReadOnly(context: string): boolean;
}

/** Everything `client/kube` needs of the world, so that it can be tested alone and live in a worker. */
export interface KubePorts {
  readonly environment: Environment;
  readonly files: LocalFiles;
  readonly programs: Programs;
  readonly clock: WallClock;
  readonly random: Random;
  /** Turns of the event loop for long work, shared with the others who work in this process. */
  readonly slices: Slices;
  readonly storage: Storage;
  readonly prompts: Prompts;
  readonly settings: KubeSettings;
  readonly log: Log;
}
