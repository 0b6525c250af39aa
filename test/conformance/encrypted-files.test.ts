import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decryptionChains } from '../../server/features/secrets/decryption-chain';
import { encryptionParagraphs } from '../../server/features/secrets/encryption-text';
import { explainEncryption } from '../../server/features/secrets/explain-encryption';
import { createNodeFiles } from '../../server/host/node-files';
import { analyse } from '../support/analysis';
import { builtInKinds, repositoryNames, sharedRepositories, skipWithout } from './support/shared-trees';

const skip = skipWithout(sharedRepositories);

interface Counts {
  readonly files: number;
  /** For which a creation rule counts. */
  readonly governed: number;
  readonly values: number;
  /** That some Kustomization applies. */
  readonly applied: number;
}

/** Counted by hand with the tools of a shell (`grep -rlE '^sops:|"sops":'`), and looked at. */
const expected: Readonly<Record<string, Counts>> = {
  'toboshii+home-ops': { files: 33, governed: 33, values: 144, applied: 30 },
  'xunholy+k8s-gitops': { files: 23, governed: 21, values: 62, applied: 11 },
};

/** Files with a stanza, found without anything of the product. */
function encryptedFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !path.startsWith('.git/'))
    .filter((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return /^sops:|"sops":/m.test(text) && text.includes('ENC[AES256_GCM,');
    })
    .sort();
}

describe('encrypted files of public repositories, without a key', { skip }, () => {
  for (const name of repositoryNames()) {
    it(`${name}: every one is read and explained`, (context) => {
      const root = join(sharedRepositories, name);
      const { snapshot } = analyse(createNodeFiles(root), {}, builtInKinds).run();
      const counts = { files: 0, governed: 0, values: 0, applied: 0 };
      for (const path of encryptedFiles(root)) {
        const file = snapshot.yaml(path);
        const note = file && explainEncryption(snapshot, file);
        assert.ok(file !== undefined && note !== undefined, path);
        assert.deepEqual(note.stanza.reading.faults, [], path);
        assert.ok(note.keys.length > 0, path);
        const text = encryptionParagraphs(note, path).join('\n');
        assert.match(text, /^Encrypted by SOPS /);
        assert.ok(!text.includes('ENC[') && !text.includes('undefined'), text);
        assert.ok(snapshot.isSecretFile(path), path);
        const chains = decryptionChains(snapshot, file);
        assert.deepEqual(
          chains.flatMap(({ links }) => links.filter(({ state }) => state === 'broken')),
          [],
          path,
        );
        counts.files++;
        counts.values += note.encryptedValues;
        if (note.rule !== undefined) counts.governed++;
        if (chains.some(({ kustomization }) => kustomization !== undefined)) counts.applied++;
      }
      context.diagnostic(JSON.stringify(counts));
      assert.deepEqual(counts, expected[name] ?? { files: 0, governed: 0, values: 0, applied: 0 });
    });
  }
});
