// @ts-check
// A repository with an encrypted file, and the key that opens it, both made when a scene begins.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';

const secrets = createRequire(import.meta.url)('../../dist/secrets.js');

/** @type {Map<string, { name: string, identity: string }>} */
const keys = new Map();

/**
 * Writes `.sops.yaml`, `apps/db.sops.yaml` with a password, and the key where SOPS looks for it.
 * @param {string} folder of the repository
 * @param {string} home
 * @param {string} password
 */
export async function prepareSecret(folder, home, password) {
  const identity = await generateX25519Identity();
  const name = await identityToRecipient(identity);
  keys.set(folder, { name, identity });
  mkdirSync(dirname(keyFile(home)), { recursive: true });
  writeFileSync(keyFile(home), `${identity}\n`, { mode: 0o600 });
  const rule = `creation_rules:\n  - path_regex: \\.sops\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age:\n      - ${name} # Ada\n`;
  writeFileSync(join(folder, '.sops.yaml'), rule);
  writeFileSync(join(folder, 'apps', 'db.sops.yaml'), await sealed(folder, secretOf(password)));
}

/** A Secret in clear. @param {string} password @param {string} [more] further lines of its values */
export function secretOf(password, more = '') {
  return `# kept\napiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: apps\nstringData:\n  # which one\n  username: app\n  password: ${JSON.stringify(password)}\n${more}`;
}

/**
 * A text encrypted for the key of the repository, or for another one.
 * @param {string} folder
 * @param {string} plain
 * @param {string} [name] public key
 * @returns {Promise<string>}
 */
export async function sealed(folder, plain, name = keys.get(folder)?.name ?? '') {
  const rule = {
    groups: [[{ type: 'age', name }]],
    threshold: 0,
    selection: { by: 'encrypted_regex', text: '^(data|stringData)$', isWritten: true },
  };
  const encrypted = await secrets.encryptFile(plain, 'yaml', rule, undefined, '2026-01-01T00:00:00Z');
  if (!encrypted.ok) throw new Error(encrypted.fault.kind);
  return encrypted.value.file.text;
}

/** The private key of a repository. @param {string} folder */
export const identityOf = (folder) => keys.get(folder)?.identity ?? '';

/** Where SOPS looks for keys. @param {string} home */
export const keyFile = (home) => join(home, '.config', 'sops', 'age', 'keys.txt');

/**
 * The values of a file by their keys, opened with the key of the repository.
 * @param {string} folder
 * @param {string} file
 * @param {number} [document]
 * @returns {Promise<Record<string, string>>}
 */
export async function valuesOf(folder, file, document = 0) {
  const { identity = '' } = keys.get(folder) ?? {};
  const world = {
    platform: 'linux',
    environment: { SOPS_AGE_KEY: identity },
    homeDirectory: '/nowhere',
    readFile: async () => undefined,
    runProgram: undefined,
    askPassphrase: async () => undefined,
  };
  const keyring = new secrets.UserKeyring(world, undefined);
  const text = readFileSync(join(folder, file), 'utf8');
  const opened = await secrets.openEncrypted(text, 'yaml', { keyring, bridge: undefined });
  if (!opened.ok) throw new Error(secrets.describeFault(opened.fault));
  return Object.fromEntries(
    opened.value.tree.values
      .filter((/** @type {any} */ { at }) => at.document === document)
      .map((/** @type {any} */ { at, value }) => [at.steps.join('.'), secrets.textOf(value)]),
  );
}

/**
 * Waits for the page of an encrypted file.
 * @param {import('playwright-core').Page} page
 * @param {'open' | 'sealed'} state
 * @returns {Promise<import('playwright-core').Frame>}
 */
export async function secretFrame(page, state) {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    for (const frame of page.frames()) {
      try {
        if ((await frame.locator(`body[data-ready^="${state}"]`).count()) > 0) return frame;
      } catch {
        // A frame that went away meanwhile.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the page of the encrypted file was not ${state} within a minute`);
}

/**
 * @param {import('playwright-core').Frame} frame
 * @param {string} key
 */
export function rowOf(frame, key) {
  return frame.locator('li.row').filter({ has: frame.locator('.key', { hasText: new RegExp(`^${key}$`) }) });
}
