import { isObject, type JsonValue, objectAt, stringAt } from '../../../server/model/json';
import { parseAddress } from '../../../server/model/object-address';
import { parseResourceKey } from '../../../server/model/resource-id';
import { openFile } from '../../../server/yaml/file';
import { valueOf } from '../../../server/yaml/scalar';
import { type ValueAddress } from '../fault';

/** A file, and which objects each of its documents renders to, as texts of addresses; none where nobody applies it. */
export interface CredentialFile {
  readonly path: string;
  readonly text: string;
  readonly rendered: readonly (readonly string[])[];
}

/** A Secret with the credentials of a Git source. */
export interface GitCredentials {
  readonly file: string;
  readonly namespace: string;
  readonly name: string;
  /** Those keys of it that the source reads, first the one that holds the secret. */
  readonly keys: readonly string[];
  /** Where that one stands; the map to add it to where there is none of them. */
  readonly at: ValueAddress;
  /** `namespace/name` of what names it. */
  readonly source: string;
  /** The keys that the source reads, in words. */
  readonly reads: string;
}

interface ReadKeys {
  readonly keys: readonly string[];
  readonly reads: string;
}

/** Keys that Git sources read (fluxcd/pkg git, `NewAuthOptions`, and source-controller for GitHub Apps), by how they log in. */
const byLogin: Readonly<Record<'https' | 'ssh' | 'github', ReadKeys>> = {
  https: { keys: ['password', 'bearerToken', 'username'], reads: 'username and password, or bearerToken' },
  ssh: { keys: ['identity', 'identity.pub', 'password'], reads: 'identity and known_hosts' },
  github: {
    keys: ['githubAppPrivateKey', 'githubAppID', 'githubAppInstallationID', 'githubAppInstallationOwner'],
    reads: 'githubAppPrivateKey, githubAppID and githubAppInstallationID',
  },
};

interface Declared {
  readonly path: string;
  readonly document: number;
  readonly value: JsonValue;
  readonly kind: string;
  /** What it is in each cluster; as the file has it where nobody applies it. */
  readonly names: readonly ObjectName[];
}

interface ObjectName {
  /** undefined where nobody applies it. */
  readonly cluster: string | undefined;
  readonly namespace: string;
  readonly name: string;
}

/** Encrypted Secrets that a Git source of the same namespace names; keys and names stand in clear, so no key is needed. */
export function gitCredentials(files: readonly CredentialFile[]): readonly GitCredentials[] {
  const objects = files.flatMap(declaredIn);
  const secrets = objects.filter(({ kind, value }) => kind === 'Secret' && isObject(value) && value.has('sops'));
  return secrets.flatMap((secret): GitCredentials[] => {
    for (const source of objects) {
      const login = loginOf(source);
      const found = login && secret.names.find((name) => source.names.some((one) => isNamed(name, one, login.secret)));
      if (login === undefined || found === undefined) continue;
      const [named = found] = source.names;
      return [{ ...credentials(secret, byLogin[login.by], found), source: `${named.namespace}/${named.name}` }];
    }
    return [];
  });
}

const isNamed = (secret: ObjectName, source: ObjectName, name: string): boolean =>
  secret.name === name &&
  secret.namespace === source.namespace &&
  (secret.cluster === undefined || source.cluster === undefined || secret.cluster === source.cluster);

function credentials(
  { path, document, value }: Declared,
  { keys, reads }: ReadKeys,
  { namespace, name }: ObjectName,
): Omit<GitCredentials, 'source'> {
  const maps = ['stringData', 'data'].filter((map) => objectAt(value, map) !== undefined);
  const mapOf = (key: string): string | undefined => maps.find((map) => objectAt(value, map)?.has(key) === true);
  const written = keys.filter((key) => mapOf(key) !== undefined);
  const [first] = written;
  const map = first === undefined ? maps[0] : mapOf(first);
  const steps = [map, first].filter((step) => step !== undefined);
  return { file: path, namespace, name, keys: written, at: { document, steps }, reads };
}

/** The Secret that a source names and how it logs in; undefined for what is no Git source or names none. */
function loginOf({
  kind,
  value,
}: Declared): { readonly secret: string; readonly by: keyof typeof byLogin } | undefined {
  // The operator makes a GitRepository of it (flux-operator, `spec.sync`).
  const isInstance = kind === 'FluxInstance';
  if (isInstance ? stringAt(value, 'spec', 'sync', 'kind') !== 'GitRepository' : kind !== 'GitRepository') {
    return undefined;
  }
  const [place, secret] = isInstance
    ? ([['spec', 'sync'], stringAt(value, 'spec', 'sync', 'pullSecret')] as const)
    : ([['spec'], stringAt(value, 'spec', 'secretRef', 'name')] as const);
  if (secret === undefined) return undefined;
  if (stringAt(value, ...place, 'provider') === 'github') return { secret, by: 'github' };
  return { secret, by: (stringAt(value, ...place, 'url') ?? '').startsWith('ssh://') ? 'ssh' : 'https' };
}

function declaredIn({ path, text, rendered }: CredentialFile): readonly Declared[] {
  return openFile(path, text, 0).documents.flatMap(({ document }, index): Declared[] => {
    const value: JsonValue | undefined = valueOf(document, document.root);
    const kind = stringAt(value, 'kind');
    const name = stringAt(value, 'metadata', 'name');
    if (kind === undefined || name === undefined) return [];
    const names = (rendered[index] ?? []).flatMap((address): readonly ObjectName[] => {
      const parsed = parseAddress(address);
      const id = parsed && parseResourceKey(parsed.object);
      if (parsed === undefined || id === undefined || id.kind !== kind) return [];
      return [{ cluster: parsed.cluster, namespace: id.namespace, name: id.name }];
    });
    const asWritten = { cluster: undefined, namespace: stringAt(value, 'metadata', 'namespace') ?? '', name };
    return [{ path, document: index, value, kind, names: names.length > 0 ? names : [asWritten] }];
  });
}
