import { type ProgramRunner } from '../program/program';

/** What the key sources ask of the machine the extension runs on. */
export interface KeyWorld {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  /** One character a byte, since a locked key file need not be text; undefined when there is no such file. Rejects when unreadable. */
  readFile(path: string): Promise<string | undefined>;
  /** undefined in a workspace that is not trusted: no program is run there. */
  readonly runProgram: ProgramRunner | undefined;
  /**
   * Asks for the passphrase of a key; undefined when the user gives none.
   * @param place file or variable that holds the key
   */
  askPassphrase(place: string): Promise<string | undefined>;
}
