import { type Connection, DidChangeConfigurationNotification } from 'vscode-languageserver/node';
import { severities, type Severity } from '../model/finding';
import { type ClientSupport } from './client-support';

/** What the user's editor settings (`fluxwright.*`) ask of the server. */
export interface EditorSettings {
  /** `fluxwright.rules`: stands above the committed configuration, with a note in the message. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** `fluxwright.sops.recipientNames`: what the user calls the keys that files are encrypted for. */
  readonly recipientNames: Readonly<Record<string, string>>;
}

export const noSettings: EditorSettings = { rules: {}, recipientNames: {} };

/** Reads settings of any shape; what is not understood is left out. */
export function readSettings(value: unknown): EditorSettings {
  const rules = isRecord(value) && isRecord(value['rules']) ? value['rules'] : {};
  const sops = isRecord(value) && isRecord(value['sops']) ? value['sops'] : {};
  const names = isRecord(sops['recipientNames']) ? sops['recipientNames'] : {};
  const isLevel = (level: unknown): level is Severity | 'off' =>
    level === 'off' || severities.some((severity) => severity === level);
  return {
    rules: Object.fromEntries(
      Object.entries(rules).filter((entry): entry is [string, Severity | 'off'] => isLevel(entry[1])),
    ),
    recipientNames: Object.fromEntries(
      Object.entries(names).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
      ),
    ),
  };
}

/** Asks the client for the section; undefined where it cannot be asked. */
export async function pullSettings(
  connection: Connection,
  support: ClientSupport,
): Promise<EditorSettings | undefined> {
  if (!support.configuration) return undefined;
  return readSettings(await connection.workspace.getConfiguration('fluxwright'));
}

/** Lets the client tell when the section changes. */
export async function watchSettings(connection: Connection, support: ClientSupport): Promise<void> {
  if (!support.dynamicConfiguration) return;
  await connection.client.register(DidChangeConfigurationNotification.type, { section: 'fluxwright' });
}

/** Settings inside a `workspace/didChangeConfiguration` of a client that pushes them. */
export function pushedSettings(settings: unknown): EditorSettings | undefined {
  return isRecord(settings) && isRecord(settings['fluxwright']) ? readSettings(settings['fluxwright']) : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
