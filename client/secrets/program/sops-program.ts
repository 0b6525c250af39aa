import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { isArray, isObject, itemsAt, type JsonObject, type JsonValue, stringAt } from '../../../server/model/json';
import { masterKeyTypes } from '../../../server/sops/master-key';
import { unwrapWithIdentities, wrapForRecipient } from '../age/wrap-key';
import { type KeyGroups } from '../data-key/key-name';
import { type SopsBridge } from '../data-key/keyring';
import { done, type Outcome, refused } from '../fault';
import { readJsonStore } from '../stores/json-store';
import { bridgeConfig, bridgeFile } from './bridge-config';
import { type ProgramRunner } from './program';
import { withScratchFolder } from './scratch-folder';

const keyFields: readonly string[] = [...masterKeyTypes, 'key_groups', 'shamir_threshold'];
const time = '2000-01-01T00:00:00Z';

/** What `updatekeys` needs beside keys; it reads neither the checksum nor the values. */
const otherFields: readonly (readonly [string, JsonValue])[] = [
  ['lastmodified', time],
  ['mac', ''],
  ['version', '3.13.3'],
];

/**
 * Uses keys that only the user's sops program can use: OpenPGP, cloud services, Vault, plug-ins of age. A stanza without any value
 * goes through `sops updatekeys`, from the user's keys to an age key of ours that lives in memory for that moment, or the other
 * way round. So neither values nor a data key in clear ever leave the process, and values keep their ciphertext.
 */
export class SopsProgram implements SopsBridge {
  /** @param program name or path of sops, from the user's settings or the search path */
  constructor(
    private readonly run: ProgramRunner,
    private readonly program = 'sops',
  ) {}

  async unwrap(stanza: JsonObject): Promise<Outcome<Uint8Array>> {
    const identity = await generateX25519Identity();
    const name = await identityToRecipient(identity);
    const updated = await this.updateKeys(stanza, { groups: [[{ type: 'age', name }]], threshold: 0 }, {});
    if (!updated.ok) return updated;
    const [entry] = itemsAt(updated.value, 'age');
    const dataKey = await unwrapWithIdentities(stringAt(entry, 'enc') ?? '', [identity]);
    return dataKey?.length === 32 ? done(dataKey) : refused({ kind: 'program', reason: 'its answer cannot be read' });
  }

  async wrap(dataKey: Uint8Array, wanted: KeyGroups): Promise<Outcome<JsonObject>> {
    const identity = await generateX25519Identity();
    const recipient = await identityToRecipient(identity);
    const encrypted = await wrapForRecipient(dataKey, recipient);
    if (!encrypted.ok) return encrypted;
    const key = new Map([
      ['enc', encrypted.value],
      ['recipient', recipient],
    ]);
    const threshold = wanted.threshold === 0 ? wanted.groups.length : wanted.threshold;
    const stanza = new Map<string, JsonValue>([
      ['age', [key]],
      ...(wanted.groups.length > 1 ? ([['shamir_threshold', threshold]] as const) : []),
    ]);
    const updated = await this.updateKeys(stanza, wanted, { SOPS_AGE_KEY: identity });
    if (!updated.ok) return updated;
    return done(new Map([...updated.value].filter(([field, value]) => keyFields.includes(field) && !isEmpty(value))));
  }

  /** The stanza after `sops updatekeys` by a configuration with the wanted keys alone. */
  private async updateKeys(
    stanza: JsonObject,
    wanted: KeyGroups,
    environment: Readonly<Record<string, string>>,
  ): Promise<Outcome<JsonObject>> {
    const config = bridgeConfig(wanted);
    if (config === undefined)
      return refused({ kind: 'program', reason: 'a key of the rule has no form that sops reads' });
    const keys = [...stanza].filter(([field]) => keyFields.includes(field));
    return withScratchFolder(async (folder) => {
      await folder.write('.sops.yaml', config);
      await folder.write('keys.json', bridgeFile(new Map([...keys, ...otherFields])));
      const command = [this.program, '--config', '.sops.yaml', 'updatekeys', '--yes', 'keys.json'];
      const result = await this.run({
        command,
        environment: { ...environment, SOPS_DISABLE_VERSION_CHECK: '1' },
        directory: folder.path,
      });
      if (result.kind === 'missing') return refused({ kind: 'program', reason: `${this.program} was not found` });
      if (result.kind !== 'done')
        return refused({ kind: 'program', reason: 'sops could not use the keys; run it in a terminal to see why' });
      const answer = readJsonStore(await folder.read('keys.json'));
      const found = answer.ok ? answer.value.documents[0]?.stanza : undefined;
      return isObject(found) ? done(found) : refused({ kind: 'program', reason: 'its answer cannot be read' });
    });
  }
}

const isEmpty = (value: JsonValue): boolean => isArray(value) && value.length === 0;
