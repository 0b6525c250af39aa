import { posix, win32 } from 'node:path';
import { isArray, isObject, itemsAt, objectAt, stringAt, valueAt, type JsonObject } from '../../../server/model/json';
import { parseDocument } from '../../../server/yaml/parse';
import { valueOf } from '../../../server/yaml/scalar';
import { splitDocuments } from '../../../server/yaml/split';
import { type ClusterEntry, type ContextEntry, type Kubeconfig } from './kubeconfig';
import { plainValue } from '../../status/yaml/plain-value';
import { readUser } from './read-user';
import { dataOrFile, type Place } from './fields';

const largest = 4_000_000;

/**
 * Reads one kubeconfig file as client-go does (tools/clientcmd: load.go, api/v1/conversion.go): the first document, unknown
 * fields ignored, paths relative to the file's folder. Never throws: what is wrong is in `faults`. client-go refuses the
 * whole file for a duplicate name; here the first entry of the name stands, and the fault says so.
 */
export function readKubeconfig(text: string, file: string, platform: NodeJS.Platform): Kubeconfig {
  const path = platform === 'win32' ? win32 : posix;
  const place: Place = { folder: path.dirname(file), path };
  const faults: string[] = [];
  const nothing = (message: string): Kubeconfig => ({
    contexts: new Map(),
    clusters: new Map(),
    users: new Map(),
    currentContext: '',
    faults: [message],
  });
  if (text.length > largest) return nothing(`${file} is larger than a kubeconfig can be and was not read.`);
  const [first] = splitDocuments(text);
  const document = parseDocument(first === undefined ? '' : text.slice(first.start, first.end), largest);
  const [fault] = document.faults;
  if (fault !== undefined) {
    const line = document.text.slice(0, fault.start).split('\n').length;
    return nothing(`${file} is not a kubeconfig that can be read: line ${line} is not valid YAML.`);
  }
  const root = valueOf(document, document.root, 'kustomization');
  if (root !== null && !isObject(root)) return nothing(`${file} holds no kubeconfig.`);
  const entries = <T>(list: string, part: string, read: (value: JsonObject) => T): Map<string, T> => {
    const found = new Map<string, T>();
    for (const item of itemsAt(root, list)) {
      const name = stringAt(item, 'name');
      if (name === undefined) continue;
      if (found.has(name)) faults.push(`${file} has two ${list} named ${name}; kubectl refuses the file for that.`);
      else found.set(name, read(objectAt(item, part) ?? new Map()));
    }
    return found;
  };
  return {
    contexts: entries('contexts', 'context', readContext),
    clusters: entries('clusters', 'cluster', (value) => readCluster(value, place)),
    users: entries('users', 'user', (value) => readUser(value, place)),
    currentContext: stringAt(root, 'current-context') ?? '',
    faults,
  };
}

function readContext(value: JsonObject): ContextEntry {
  return {
    cluster: stringAt(value, 'cluster') ?? '',
    user: stringAt(value, 'user') ?? '',
    namespace: stringAt(value, 'namespace') ?? '',
  };
}

function readCluster(value: JsonObject, place: Place): ClusterEntry {
  const tlsServerName = stringAt(value, 'tls-server-name');
  const proxyUrl = stringAt(value, 'proxy-url');
  const extension = itemsAt(value, 'extensions').find(
    (item) => stringAt(item, 'name') === 'client.authentication.k8s.io/exec',
  );
  const config = valueAt(extension, ['extension']);
  return {
    server: stringAt(value, 'server') ?? '',
    ...(tlsServerName ? { tlsServerName } : {}),
    skipTlsVerify: valueAt(value, ['insecure-skip-tls-verify']) === true,
    authority: dataOrFile(value, 'certificate-authority', place),
    ...(proxyUrl ? { proxyUrl } : {}),
    disableCompression: valueAt(value, ['disable-compression']) === true,
    ...(isObject(config) || isArray(config) ? { execConfig: plainValue(config) } : {}),
  };
}
