import { isObject, type JsonObject, type JsonValue, type Path } from '../model/json';
import { type MetadataFault } from './metadata-fault';
import { readText, readTime } from './stanza-values';

/** What every key of a stanza has: the encrypted data key (or this group's share of it). */
interface KeyBase {
  /** As written: armored age, ASCII-armored OpenPGP, base64 of a KMS, `vault:v1:…`. */
  readonly encryptedDataKey: string;
  /** RFC 3339; empty for age, which has none. */
  readonly createdAt: string;
  /** Where it stands in the stanza. */
  readonly path: Path;
}

/** One key of a stanza that opens it, by the service that holds its private part (getsops/sops stores/stores.go). */
export type MasterKey = KeyBase &
  (
    | { readonly type: 'age'; readonly recipient: string }
    | { readonly type: 'pgp'; readonly fingerprint: string }
    | {
        readonly type: 'kms';
        readonly arn: string;
        readonly role: string;
        readonly awsProfile: string;
        readonly context: ReadonlyMap<string, string>;
      }
    | { readonly type: 'gcp_kms'; readonly resourceId: string }
    | { readonly type: 'hckms'; readonly keyId: string }
    | { readonly type: 'azure_kv'; readonly vaultUrl: string; readonly name: string; readonly version: string }
    | {
        readonly type: 'hc_vault';
        readonly vaultAddress: string;
        readonly enginePath: string;
        readonly keyName: string;
      }
  );

export type MasterKeyType = MasterKey['type'];

/** Fields of the stanza that list keys, in the order in which SOPS collects a group. */
export const masterKeyTypes = [
  'kms',
  'gcp_kms',
  'hckms',
  'azure_kv',
  'hc_vault',
  'pgp',
  'age',
] as const satisfies readonly MasterKeyType[];

/**
 * The name SOPS itself gives a key, by which it tells two of one type apart: the recipient, fingerprint, ARN (with role
 * and context), resource, or address.
 */
export function masterKeyName(key: MasterKey): string {
  switch (key.type) {
    case 'age':
      return key.recipient;
    case 'pgp':
      return key.fingerprint;
    case 'kms': {
      const context = [...key.context].map(([name, value]) => `${name}:${value}`).sort();
      const role = key.role === '' ? '' : `+${key.role}`;
      return `${key.arn}${role}${context.length === 0 ? '' : `|${context.join(',')}`}`;
    }
    case 'gcp_kms':
      return key.resourceId;
    case 'hckms':
      return key.keyId;
    case 'azure_kv':
      return `${key.vaultUrl}/keys/${key.name}/${key.version}`;
    case 'hc_vault':
      return `${key.vaultAddress}/v1/${key.enginePath}/keys/${key.keyName}`;
  }
}

/** Reads one entry of a key list; faults are added, what is missing reads as empty text. */
export function readMasterKey(type: MasterKeyType, value: JsonValue, path: Path, faults: MetadataFault[]): MasterKey {
  const fields: JsonObject = isObject(value) ? value : new Map<string, JsonValue>();
  if (!isObject(value)) faults.push({ kind: 'wrong-type', path, expected: 'a map' });
  const text = (name: string): string => {
    const { value: found, fits } = readText(fields.get(name));
    if (!fits) faults.push({ kind: 'wrong-type', path: [...path, name], expected: 'text' });
    return found;
  };
  const needed = (name: string): string => {
    const found = text(name);
    if (found === '') faults.push({ kind: 'missing', path, field: name });
    return found;
  };
  const createdAt = type === 'age' ? '' : text('created_at');
  if (type !== 'age' && readTime(createdAt) === undefined) {
    faults.push({ kind: 'bad-time', path: [...path, 'created_at'] });
  }
  const base = { encryptedDataKey: needed('enc'), createdAt, path };
  switch (type) {
    case 'age':
      return { ...base, type, recipient: needed('recipient') };
    case 'pgp':
      return { ...base, type, fingerprint: needed('fp') };
    case 'kms':
      return {
        ...base,
        type,
        arn: needed('arn'),
        role: text('role'),
        awsProfile: text('aws_profile'),
        context: readContext(fields.get('context'), [...path, 'context'], faults),
      };
    case 'gcp_kms':
      return { ...base, type, resourceId: needed('resource_id') };
    case 'hckms':
      return { ...base, type, keyId: needed('key_id') };
    case 'azure_kv':
      return { ...base, type, vaultUrl: needed('vault_url'), name: needed('name'), version: text('version') };
    case 'hc_vault':
      return {
        ...base,
        type,
        vaultAddress: needed('vault_address'),
        enginePath: needed('engine_path'),
        keyName: needed('key_name'),
      };
  }
}

function readContext(value: JsonValue | undefined, path: Path, faults: MetadataFault[]): ReadonlyMap<string, string> {
  const context = new Map<string, string>();
  if (value === undefined || value === null) return context;
  if (!isObject(value)) faults.push({ kind: 'wrong-type', path, expected: 'a map' });
  else for (const [name, entry] of value) context.set(name, readText(entry).value);
  return context;
}
