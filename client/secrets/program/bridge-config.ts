import { type JsonObject, type JsonValue } from '../../../server/model/json';
import { type KeyGroups, type KeyName } from '../data-key/key-name';

/**
 * A `.sops.yaml`, as JSON, whose one rule has these keys (getsops/sops config/config.go). Names are those that SOPS itself gives keys.
 * undefined when a name does not have its service's form.
 */
export function bridgeConfig({ groups, threshold }: KeyGroups): string | undefined {
  const written = groups.map(groupOf);
  if (written.some((group) => group === undefined)) return undefined;
  const rule = { key_groups: written, ...(threshold > 0 && groups.length > 1 && { shamir_threshold: threshold }) };
  return JSON.stringify({ creation_rules: [rule] });
}

type WrittenKey = string | Readonly<Record<string, string | Readonly<Record<string, string>>>>;

function groupOf(keys: readonly KeyName[]): Readonly<Record<string, readonly WrittenKey[]>> | undefined {
  const group: Record<string, WrittenKey[]> = {};
  for (const key of keys) {
    const found = writeKey(key);
    if (found === undefined) return undefined;
    (group[found.field] ??= []).push(found.key);
  }
  return group;
}

function writeKey({ type, name }: KeyName): { readonly field: string; readonly key: WrittenKey } | undefined {
  switch (type) {
    case 'age':
    case 'pgp':
    case 'hc_vault':
      return { field: type, key: name };
    case 'gcp_kms':
      return { field: type, key: { resource_id: name } };
    case 'hckms':
      return { field: type, key: { key_id: name } };
    case 'kms': {
      const [key = '', context = ''] = name.split('|');
      const [arn = '', role] = key.split('+');
      const pairs = context === '' ? [] : context.split(',').map((pair) => pair.split(':') as [string, string]);
      const parts = {
        arn,
        ...(role !== undefined && { role }),
        ...(pairs.length > 0 && { context: Object.fromEntries(pairs) }),
      };
      return { field: type, key: parts };
    }
    case 'azure_kv': {
      const match = /^(https:\/\/[^/]+)\/keys\/([^/]+)\/([^/]*)$/.exec(name);
      if (match === null) return undefined;
      const [, vaultUrl = '', key = '', version = ''] = match;
      return { field: 'azure_keyvault', key: { vaultUrl, key, version } };
    }
  }
}

/** A file of one empty value whose stanza is all that counts. */
export function bridgeFile(stanza: JsonObject): string {
  const plain = (value: JsonValue): unknown => {
    if (Array.isArray(value)) return (value as readonly JsonValue[]).map(plain);
    if (value instanceof Map) {
      const fields = [...(value as ReadonlyMap<string, JsonValue>)].map(([key, field]) => [key, plain(field)] as const);
      return Object.fromEntries(fields);
    }
    return value;
  };
  return JSON.stringify({ data: '', sops: plain(stanza) });
}
