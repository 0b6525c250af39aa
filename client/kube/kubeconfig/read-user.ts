import { isArray, isObject, itemsAt, objectAt, stringAt, valueAt, type JsonObject } from '../../../server/model/json';
import { type ExecEntry, type Impersonation, type UserEntry } from './kubeconfig';
import { dataOrFile, filePath, type Place } from './fields';

/** Reads an entry of `users` (client-go tools/clientcmd/api/v1/types.go, AuthInfo). */
export function readUser(value: JsonObject, place: Place): UserEntry {
  const tokenFile = filePath(stringAt(value, 'tokenFile'), place);
  const exec = objectAt(value, 'exec');
  const provider = objectAt(value, 'auth-provider');
  const impersonate = readImpersonation(value);
  return {
    certificate: dataOrFile(value, 'client-certificate', place),
    key: dataOrFile(value, 'client-key', place),
    ...text(value, 'token'),
    ...(tokenFile === undefined ? {} : { tokenFile }),
    ...text(value, 'username'),
    ...text(value, 'password'),
    ...(exec === undefined ? {} : { exec: readExec(exec, place) }),
    ...(provider === undefined
      ? {}
      : { authProvider: { name: stringAt(provider, 'name') ?? '', config: texts(objectAt(provider, 'config')) } }),
    ...(impersonate === undefined ? {} : { impersonate }),
  };
}

function text<K extends string>(value: JsonObject, key: K): Partial<Record<K, string>> {
  const found = stringAt(value, key);
  return found ? ({ [key]: found } as Partial<Record<K, string>>) : {};
}

function texts(value: JsonObject | undefined): Record<string, string> {
  const pairs = [...(value ?? [])].filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return Object.fromEntries(pairs);
}

function readExec(value: JsonObject, place: Place): ExecEntry {
  const command = stringAt(value, 'command') ?? '';
  // client-go: a command with a path separator is relative to the file, a bare name is looked up on PATH.
  const isPath = command.includes(place.path.sep) || command.includes('/');
  return {
    apiVersion: stringAt(value, 'apiVersion') ?? '',
    command: isPath ? (filePath(command, place) ?? '') : command,
    args: itemsAt(value, 'args').map(String),
    env: itemsAt(value, 'env').flatMap((item) => {
      const name = stringAt(item, 'name');
      return name === undefined || name === '' ? [] : [{ name, value: stringAt(item, 'value') ?? '' }];
    }),
    installHint: stringAt(value, 'installHint') ?? '',
    provideClusterInfo: valueAt(value, ['provideClusterInfo']) === true,
    interactiveMode: stringAt(value, 'interactiveMode') ?? '',
  };
}

function readImpersonation(value: JsonObject): Impersonation | undefined {
  const user = stringAt(value, 'as') ?? '';
  const uid = stringAt(value, 'as-uid') ?? '';
  const groups = itemsAt(value, 'as-groups').map(String);
  const extra = valueAt(value, ['as-user-extra']);
  const pairs = isObject(extra) ? [...extra] : [];
  if (user === '' && uid === '' && groups.length === 0 && pairs.length === 0) return undefined;
  return {
    user,
    uid,
    groups,
    extra: new Map(pairs.map(([key, items]) => [key, isArray(items) ? items.map(String) : []])),
  };
}
