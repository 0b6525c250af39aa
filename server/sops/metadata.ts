import { isArray, isObject, type JsonObject, type JsonValue, type Path } from '../model/json';
import { parseEncryptedValue } from './encrypted-value';
import { type MasterKey, masterKeyTypes, readMasterKey } from './master-key';
import { type MetadataFault } from './metadata-fault';
import { readSelection, type Selection } from './selection';
import { type FieldReading, readSwitch, readText, readTime, readWhole } from './stanza-values';

/** The `sops` entry of an encrypted file, whatever its format (getsops/sops 3.7 to 3.13, stores/stores.go). */
export interface SopsMetadata {
  /** One group: each key opens the data key. Several: each key opens its group's share (Shamir). Empty: no keys. */
  readonly keyGroups: readonly (readonly MasterKey[])[];
  /** Groups needed; 0 when not written, which SOPS reads as: any two or more, and it asks for no number. */
  readonly shamirThreshold: number;
  readonly selection: Selection;
  /** As SOPS writes it back and feeds it to the MAC; undefined when it is missing or no time. */
  readonly lastModified: string | undefined;
  /** As written: `ENC[…]`; empty when missing. */
  readonly mac: string;
  readonly isMacOnlyEncrypted: boolean;
  /** Version of SOPS that wrote the file, as written. */
  readonly version: string;
}

export interface MetadataReading {
  /** What could be read; with faults it is for looking at only. */
  readonly metadata: SopsMetadata;
  readonly faults: readonly MetadataFault[];
}

/** SOPS compares versions strictly: three parts (version/version.go). Version 1 was not written so, and is let through. */
const strictVersion = /^(?:1\..*|v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)$/;

/** Far beyond any real file; reading stops there. */
const mostKeys = 2000;

/**
 * Reads a stanza as a value: the `sops` map of YAML and JSON, or what `unflatten` made of the entries of dotenv and INI.
 * Never throws; a stanza that SOPS would refuse has faults.
 */
export function readMetadata(stanza: JsonValue): MetadataReading {
  const faults: MetadataFault[] = [];
  if (!isObject(stanza)) faults.push({ kind: 'not-a-map', path: [] });
  const fields: JsonObject = isObject(stanza) ? stanza : new Map<string, JsonValue>();
  const take = <T>(name: string, read: (value: JsonValue | undefined) => FieldReading<T>, expected: string): T => {
    const { value, fits } = read(fields.get(name));
    if (!fits) faults.push({ kind: 'wrong-type', path: [name], expected });
    return value;
  };
  const modified = take('lastmodified', readText, 'text');
  const lastModified = readTime(modified);
  if (modified === '') faults.push({ kind: 'missing', path: [], field: 'lastmodified' });
  else if (lastModified === undefined) faults.push({ kind: 'bad-time', path: ['lastmodified'] });
  const mac = take('mac', readText, 'text');
  if (mac === '') faults.push({ kind: 'missing', path: [], field: 'mac' });
  else if (parseEncryptedValue(mac).kind !== 'encrypted') faults.push({ kind: 'bad-mac', path: ['mac'] });
  const version = take('version', readText, 'text');
  if (version === '') faults.push({ kind: 'missing', path: [], field: 'version' });
  else if (!strictVersion.test(version)) faults.push({ kind: 'bad-version', path: ['version'] });
  const shamirThreshold = take('shamir_threshold', readWhole, 'a whole number');
  const keyGroups = readKeyGroups(fields, faults);
  if (keyGroups.length > 1 && shamirThreshold > keyGroups.length) {
    const threshold = shamirThreshold;
    faults.push({ kind: 'threshold-too-high', path: ['shamir_threshold'], threshold, groups: keyGroups.length });
  }
  const metadata: SopsMetadata = {
    keyGroups,
    shamirThreshold,
    selection: readSelection((name) => take(name, readText, 'text'), faults),
    lastModified,
    mac,
    isMacOnlyEncrypted: take('mac_only_encrypted', readSwitch, 'true or false'),
    version,
  };
  return { metadata, faults };
}

/** Keys beside the stanza's other fields are one group and hide `key_groups`, as in SOPS. */
function readKeyGroups(fields: JsonObject, faults: MetadataFault[]): readonly (readonly MasterKey[])[] {
  const budget = { left: mostKeys };
  const flat = readGroup(fields, [], budget, faults);
  const groups = flat.length > 0 ? [flat] : [];
  if (flat.length === 0) {
    for (const [index, group] of itemsOf(fields.get('key_groups'), ['key_groups'], faults).entries()) {
      const path: Path = ['key_groups', index];
      if (budget.left <= 0) break;
      budget.left--;
      if (isObject(group)) groups.push(readGroup(group, path, budget, faults));
      else faults.push({ kind: 'wrong-type', path, expected: 'a map' });
    }
  }
  if (budget.left <= 0) faults.push({ kind: 'too-large', path: [] });
  if (groups.length === 0) faults.push({ kind: 'no-keys', path: [] });
  return groups;
}

function readGroup(fields: JsonObject, path: Path, budget: { left: number }, faults: MetadataFault[]): MasterKey[] {
  const keys: MasterKey[] = [];
  for (const type of masterKeyTypes) {
    for (const [index, entry] of itemsOf(fields.get(type), [...path, type], faults).entries()) {
      if (budget.left-- <= 0) return keys;
      keys.push(readMasterKey(type, entry, [...path, type, index], faults));
    }
  }
  return keys;
}

/** A list; one map alone counts as a list of it, an empty one and null as none (SOPS decodes weakly). */
function itemsOf(value: JsonValue | undefined, path: Path, faults: MetadataFault[]): readonly JsonValue[] {
  if (value === undefined || value === null || value === '') return [];
  if (isArray(value)) return value;
  if (isObject(value)) return value.size === 0 ? [] : [value];
  faults.push({ kind: 'wrong-type', path, expected: 'a list' });
  return [];
}
