import { type JsonObject, type JsonValue } from '../../../server/model/json';
import { masterKeyTypes } from '../../../server/sops/master-key';
import { type Selection } from '../../../server/sops/selection';

/** The version of SOPS whose format is written. */
export const writtenVersion = '3.13.3';

const keyFields: readonly string[] = [...masterKeyTypes, 'key_groups', 'shamir_threshold'];

/** A stanza with other key fields, its fields in the order in which SOPS writes them. */
export function withKeys(stanza: JsonObject, keys: JsonObject): JsonObject {
  return sorted([...[...stanza].filter(([name]) => !keyFields.includes(name)), ...keys]);
}

/** A stanza with other fields. */
export function withFields(stanza: JsonObject, fields: ReadonlyMap<string, JsonValue>): JsonObject {
  return sorted([...new Map([...stanza, ...fields])]);
}

/** A stanza without keys, time and checksum, as the rule of a new file wants it. */
export function newStanza(selection: Selection, isMacOnlyEncrypted: boolean): JsonObject {
  const fields: [string, JsonValue][] = [
    [selection.by, selection.text],
    ['version', writtenVersion],
  ];
  if (isMacOnlyEncrypted) fields.push(['mac_only_encrypted', true]);
  return sorted(fields);
}

function sorted(fields: readonly (readonly [string, JsonValue])[]): JsonObject {
  return new Map([...fields].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
