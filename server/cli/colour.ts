import { type Severity } from '../model/finding';
import { type Io } from './io';

export const colourModes = ['auto', 'always', 'never'] as const;

/** Ways to set off a piece of text; each returns it unchanged where colour is off. */
export interface Palette {
  bold(text: string): string;
  dim(text: string): string;
  severity(severity: Severity, text: string): string;
}

const codes: Readonly<Record<Severity, number>> = { error: 31, warning: 33, information: 36, hint: 35 };

export function createPalette(isOn: boolean): Palette {
  const set =
    (code: string) =>
    (text: string): string =>
      isOn ? `\u001b[${code}m${text}\u001b[0m` : text;
  return {
    bold: set('1'),
    dim: set('2'),
    severity: (severity, text) => set(`1;${codes[severity]}`)(text),
  };
}

/**
 * Whether output gets colour: the option decides; with `auto` NO_COLOR (no-color.org: any text but the empty one),
 * then FORCE_COLOR (any text but 0 and false), then whether it goes to a terminal.
 */
export function usesColour(mode: string, { environment, isOutTerminal }: Io): boolean {
  if (mode !== 'auto') return mode === 'always';
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isOutTerminal === true && environment['TERM'] !== 'dumb';
}
