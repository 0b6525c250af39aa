import { isObject, type JsonValue, objectAt, stringAt } from '../../../server/model/json';
import { openFile } from '../../../server/yaml/file';
import { valueOf } from '../../../server/yaml/scalar';

/** A Secret with the credentials of a Git source, as files write both. */
export interface GitCredentials {
  readonly file: string;
  readonly namespace: string;
  readonly name: string;
  /** The keys to change: those that the source reads and that hold a secret. */
  readonly keys: readonly string[];
  /** `namespace/name` of a GitRepository that names it. */
  readonly source: string;
}

/** Keys of a Secret that Git sources read (fluxcd/pkg git, `NewAuthOptions`, and source-controller for GitHub Apps). */
const credentialKeys = ['username', 'password', 'bearerToken', 'identity', 'identity.pub', 'githubAppPrivateKey'];

/** Encrypted Secrets that a GitRepository of the same namespace names; keys and names stand in clear, so no key is needed. */
export function gitCredentials(
  files: readonly { readonly path: string; readonly text: string }[],
): readonly GitCredentials[] {
  const objects = files.flatMap(({ path, text }) =>
    openFile(path, text, 0).documents.flatMap(({ document }) => {
      const value: JsonValue | undefined = valueOf(document, document.root);
      return isObject(value) ? [{ path, value }] : [];
    }),
  );
  const idOf = (value: JsonValue): string =>
    `${stringAt(value, 'metadata', 'namespace') ?? 'flux-system'}/${stringAt(value, 'metadata', 'name') ?? ''}`;
  const sources = objects.filter(({ value }) => stringAt(value, 'kind') === 'GitRepository');
  return objects.flatMap(({ path, value }): GitCredentials[] => {
    if (stringAt(value, 'kind') !== 'Secret' || !value.has('sops')) return [];
    const id = idOf(value);
    const source = sources.find((one) => {
      const named = stringAt(one.value, 'spec', 'secretRef', 'name');
      return named !== undefined && `${idOf(one.value).split('/')[0] ?? ''}/${named}` === id;
    });
    if (source === undefined) return [];
    const written = [objectAt(value, 'data'), objectAt(value, 'stringData')].flatMap((map) => [...(map?.keys() ?? [])]);
    const [namespace = '', name = ''] = id.split('/');
    const keys = credentialKeys.filter((key) => written.includes(key));
    return [{ file: path, namespace, name, keys, source: idOf(source.value) }];
  });
}
