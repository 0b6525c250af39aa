import { isArray, isObject, itemsAt, type JsonObject, type JsonValue, type Path, stringAt } from '../model/json';
import { type YamlDocument } from '../yaml/document';
import { type MasterKeyType } from './master-key';
import { nicknameAt } from './nickname';
import { recipientFault } from './recipient-form';

/** A key that a creation rule encrypts for. */
export interface ConfigRecipient {
  readonly type: MasterKeyType;
  /** As SOPS tells keys apart (`masterKeyName`); a rule may leave the version of an Azure key empty. */
  readonly name: string;
  /** Of the field or list item, from the root of `.sops.yaml`. */
  readonly path: Path;
  /** The part of the text at `path` that names this key, where the text holds several. */
  readonly piece: string | undefined;
  readonly nickname: string | undefined;
  /** Why SOPS refuses it: a clause; undefined where it does not. */
  readonly fault: string | undefined;
}

/** Fields of a rule that hold keys, in the order in which SOPS collects them (config.go). */
export const flatFields = {
  age: 'age',
  pgp: 'pgp',
  kms: 'kms',
  gcp_kms: 'gcp_kms',
  hckms: 'hckms',
  azure_keyvault: 'azure_kv',
  hc_vault_transit_uri: 'hc_vault',
} as const satisfies Readonly<Record<string, MasterKeyType>>;

/** The same of a key group. */
const groupFields = {
  age: 'age',
  pgp: 'pgp',
  kms: 'kms',
  gcp_kms: 'gcp_kms',
  hckms: 'hckms',
  azure_keyvault: 'azure_kv',
  hc_vault: 'hc_vault',
} as const satisfies Readonly<Record<string, MasterKeyType>>;

/** Deeper merges of key groups are left alone; no real file has them. */
const deepestMerge = 8;

/** The keys of a rule that stand outside of key groups. */
export function flatRecipients(document: YamlDocument, rule: JsonObject, at: Path): ConfigRecipient[] {
  return Object.entries(flatFields).flatMap(([field, type]) =>
    textsOf(rule.get(field), [...at, field]).flatMap(({ text, path }) => split(document, type, text, path)),
  );
}

/** The keys of one group, those it merges in first; repeated ones count once. */
export function groupRecipients(document: YamlDocument, group: JsonObject, at: Path, depth = 0): ConfigRecipient[] {
  const found: ConfigRecipient[] = [];
  if (depth < deepestMerge) {
    itemsAt(group, 'merge').forEach((merged, index) => {
      if (isObject(merged)) found.push(...groupRecipients(document, merged, [...at, 'merge', index], depth + 1));
    });
  }
  for (const [field, type] of Object.entries(groupFields)) {
    itemsAt(group, field).forEach((item, index) => {
      const path = [...at, field, index];
      if (typeof item === 'string') found.push(...split(document, type, item, path));
      else if (isObject(item)) found.push(...fromMap(document, type, item, path));
    });
  }
  const seen = new Set<string>();
  return found.filter(({ type, name }) => !seen.has(`${type} ${name}`) && seen.add(`${type} ${name}`));
}

/** A field is one text or a list of texts. */
function textsOf(value: JsonValue | undefined, path: Path): { readonly text: string; readonly path: Path }[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (!isArray(value)) return [];
  return value.flatMap((item, index) => (typeof item === 'string' ? [{ text: item, path: [...path, index] }] : []));
}

/** One text may name several keys, with commas between. */
function split(document: YamlDocument, type: MasterKeyType, text: string, path: Path): ConfigRecipient[] {
  const pieces = text
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  return pieces.map((piece) => {
    const written = type === 'age' || type === 'azure_kv' ? piece : piece.replaceAll(' ', '');
    const name = nameOf(type, written);
    const nickname = nicknameAt(document, path, pieces.length === 1);
    const fault = recipientFault(type, type === 'kms' ? (written.split('+arn:')[0] ?? '') : written);
    return { type, name, path, piece: pieces.length === 1 ? undefined : piece, nickname, fault };
  });
}

/** A URL in the form of the name that SOPS makes of it. */
function nameOf(type: MasterKeyType, text: string): string {
  if (type !== 'azure_kv') return text;
  const [, vault, key, version = ''] = /^(https:\/\/[^/]+)\/keys\/([^/]+)(?:\/([^/]*))?$/.exec(text) ?? [];
  return vault === undefined ? text : `${vault}/keys/${key ?? ''}/${version}`;
}

function fromMap(document: YamlDocument, type: MasterKeyType, item: JsonObject, path: Path): ConfigRecipient[] {
  const text = (field: string): string => stringAt(item, field) ?? '';
  const made = (field: string, name: string, checked: string): ConfigRecipient[] => [
    {
      type,
      name,
      path: item.has(field) ? [...path, field] : path,
      piece: undefined,
      nickname: nicknameAt(document, path, true),
      fault: recipientFault(type, checked),
    },
  ];
  switch (type) {
    case 'kms': {
      const role = text('role');
      return made('arn', role === '' ? text('arn') : `${text('arn')}+${role}`, text('arn'));
    }
    case 'gcp_kms':
      return made('resource_id', text('resource_id'), text('resource_id'));
    case 'hckms':
      return made('key_id', text('key_id'), text('key_id'));
    case 'azure_kv': {
      const url = `${text('vaultUrl')}/keys/${text('key')}/${text('version')}`;
      return made('vaultUrl', url, url);
    }
    default:
      return [];
  }
}
