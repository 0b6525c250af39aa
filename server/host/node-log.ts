import { type Log, type LogLevel } from '../model/ports';
import { redact } from './redact';

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

const quoted = (value: string | number | boolean): string =>
  typeof value === 'string' && !/^[\w./:@*-]+$/.test(value) ? JSON.stringify(value) : String(value);

/**
 * One line per entry, `level: message key=value`, without credentials and without line breaks.
 * @param write takes a whole line with its end; standard error unless given.
 */
export function createNodeLog(
  least: LogLevel,
  write: (line: string) => void = (line) => void process.stderr.write(line),
): Log {
  return {
    write(level, message, fields = {}) {
      if (ranks[level] < ranks[least]) return;
      const details = Object.entries(fields).map(([key, value]) => ` ${key}=${quoted(value)}`);
      const text = redact(`${level}: ${message}${details.join('')}`);
      // Lines that others wrote must not pass for lines of ours.
      write(`${text.replace(/[\r\n]+/g, ' ')}\n`);
    },
  };
}
