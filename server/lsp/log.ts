import { type Connection, LogMessageNotification, MessageType } from 'vscode-languageserver/node';
import { redact } from '../host/redact';
import { type Log, type LogLevel } from '../model/ports';

const types: Readonly<Record<LogLevel, MessageType>> = {
  debug: MessageType.Log,
  info: MessageType.Info,
  warn: MessageType.Warning,
  error: MessageType.Error,
};
const ranks: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Log lines as `window/logMessage`; levels below `least` are dropped. */
export function createConnectionLog(connection: Connection, least: LogLevel = 'info'): Log {
  return {
    write(level, message, fields) {
      if (ranks[level] < ranks[least]) return;
      const details = fields === undefined ? '' : ` ${JSON.stringify(fields)}`;
      // A client that is gone cannot be told; the connection ends the process by itself.
      connection
        .sendNotification(LogMessageNotification.type, { type: types[level], message: redact(`${message}${details}`) })
        .catch(() => undefined);
    },
  };
}
