import { posix, win32 } from 'node:path';
import { type KeyAttempt } from '../fault';
import { splitCommandLine } from '../program/command-line';
import { type KeyWorld } from './key-world';

/** A text that may hold identities, and where it comes from. */
export interface KeyText {
  readonly place: string;
  readonly text: string;
  readonly kind: 'age' | 'ssh';
  readonly severalPerLine: boolean;
}

export interface KeyTexts {
  readonly texts: readonly KeyText[];
  readonly attempts: readonly KeyAttempt[];
}

/** Where SOPS keeps keys when no variable names a place (age/keysource.go, `getUserConfigDir`); undefined: nowhere. */
export function defaultKeyFile({ platform, environment, homeDirectory }: KeyWorld): string | undefined {
  if (platform === 'win32') {
    const base = environment['AppData'] ?? environment['APPDATA'];
    return base === undefined ? undefined : win32.join(base, 'sops', 'age', 'keys.txt');
  }
  const configured = environment['XDG_CONFIG_HOME'];
  const home = platform === 'darwin' ? ['Library', 'Application Support'] : ['.config'];
  const base = configured !== undefined && configured !== '' ? configured : posix.join(homeDirectory, ...home);
  return posix.join(base, 'sops', 'age', 'keys.txt');
}

const sshDefaults = ['id_ed25519', 'id_rsa'] as const;

/** Texts that do not depend on the recipient: variables and files. */
export async function readKeyTexts(world: KeyWorld): Promise<KeyTexts> {
  const { environment, homeDirectory, platform } = world;
  const texts: KeyText[] = [];
  const attempts: KeyAttempt[] = [];
  const readFile = async (path: string | undefined, place: string, kind: KeyText['kind']): Promise<void> => {
    if (path === undefined) return;
    let text: string | undefined;
    try {
      text = await world.readFile(path);
    } catch {
      attempts.push({ place, outcome: 'cannot be read' });
      return;
    }
    if (text === undefined) attempts.push({ place, outcome: 'no such file' });
    else texts.push({ place, text, kind, severalPerLine: false });
  };
  const named = (variable: string): string | undefined => environment[variable];
  const direct = named('SOPS_AGE_KEY');
  if (direct === undefined) attempts.push({ place: 'SOPS_AGE_KEY', outcome: 'not set' });
  else texts.push({ place: 'SOPS_AGE_KEY', text: direct, kind: 'age', severalPerLine: true });
  const keyFile = named('SOPS_AGE_KEY_FILE');
  if (keyFile === undefined) attempts.push({ place: 'SOPS_AGE_KEY_FILE', outcome: 'not set' });
  await readFile(keyFile, `SOPS_AGE_KEY_FILE (${keyFile ?? ''})`, 'age');
  const fallback = defaultKeyFile(world);
  await readFile(fallback, fallback ?? '', 'age');
  const sshFile = named('SOPS_AGE_SSH_PRIVATE_KEY_FILE');
  await readFile(sshFile, `SOPS_AGE_SSH_PRIVATE_KEY_FILE (${sshFile ?? ''})`, 'ssh');
  const paths = platform === 'win32' ? win32 : posix;
  for (const name of sshDefaults) {
    const path = paths.join(homeDirectory, '.ssh', name);
    await readFile(path, path, 'ssh');
  }
  return { texts, attempts };
}

const commands = [
  ['SOPS_AGE_KEY_CMD', 'age'],
  ['SOPS_AGE_SSH_PRIVATE_KEY_CMD', 'ssh'],
] as const;

/** Texts that the user's commands give for one recipient. */
export async function runKeyCommands(world: KeyWorld, recipient: string): Promise<KeyTexts> {
  const texts: KeyText[] = [];
  const attempts: KeyAttempt[] = [];
  for (const [place, kind] of commands) {
    const line = world.environment[place];
    if (line === undefined) continue;
    const command = splitCommandLine(line);
    if (world.runProgram === undefined) {
      attempts.push({ place, outcome: 'not run, since this workspace is not trusted' });
    } else if (command === undefined || command.length === 0) {
      attempts.push({ place, outcome: 'is no command' });
    } else {
      const result = await world.runProgram({ command, environment: { SOPS_AGE_RECIPIENT: recipient } });
      if (result.kind === 'done') {
        texts.push({ place, text: Buffer.from(result.output).toString('utf8'), kind, severalPerLine: false });
        result.output.fill(0);
      } else attempts.push({ place, outcome: result.kind === 'missing' ? 'names no program' : 'failed' });
    }
  }
  return { texts, attempts };
}
