import { type DataOrFile, type ExecEntry, type UserEntry } from './kubeconfig';

const has = ({ data, file }: DataOrFile): boolean => (data ?? file) !== undefined;

/**
 * The program that logs a user in; undefined when there is none, or when a token, a user name or a client certificate stands
 * beside it: client-go (plugin/pkg/client/auth/exec, UpdateTransportConfig) does not run it then.
 */
export function pluginOf({ exec, token, tokenFile, username, certificate, key }: UserEntry): ExecEntry | undefined {
  const isNamed = (token ?? tokenFile ?? username) !== undefined;
  return isNamed || (has(certificate) && has(key)) ? undefined : exec;
}
