import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFault } from '../../../client/secrets/describe-fault';
import { readEncrypted } from '../../../client/secrets/operations/opened-file';
import { textOf } from '../../../client/secrets/values/plain-value';
import { walk } from '../../../client/secrets/values/walk';
import { parseEncryptedValue } from '../../../server/sops/encrypted-value';
import { masterKeyName } from '../../../server/sops/master-key';
import { type EncryptedFile } from '../../../client/secrets/operations/opened-file';
import { storeFormatOf } from '../../../server/sops/store-format';
import { readRepository, repositoryNames, sharedRepositories, skipWithout } from '../support/shared-trees';

/** A file whose text has the stanza of SOPS, in any of its forms. */
const hasStanza =
  /^sops:\s*$[\s\S]*^ +mac: ENC\[|"sops": ?\{[\s\S]*"mac": ?"ENC\[|^sops_mac=ENC\[|^\[sops\]$[\s\S]*^mac +=/m;

/** Where the rule of a file and its ciphertext do not agree; SOPS would refuse it there. */
function disagreements({ file, selector }: EncryptedFile): string[] {
  const found: string[] = [];
  for (const { root } of file.documents) {
    walk(root, ({ node, keys, comments }) => {
      if (node.kind === 'comment') return;
      const isWanted = selector.isEncrypted(keys, comments, false);
      const text = node.value.type === 'str' ? textOf(node.value) : undefined;
      const isEncrypted = text !== undefined && parseEncryptedValue(text).kind === 'encrypted';
      if (isWanted !== isEncrypted && text !== '') found.push(keys.join('.'));
    });
  }
  return found;
}

test(
  'every encrypted file of the public repositories is read and explained without a key',
  { skip: skipWithout(sharedRepositories) },
  () => {
    let files = 0;
    let values = 0;
    const recipients = new Set<string>();
    const versions = new Set<string>();
    for (const repository of repositoryNames()) {
      for (const [path, text] of readRepository(repository)) {
        if (!hasStanza.test(text)) continue;
        const where = `${repository}/${path}`;
        const read = readEncrypted(text, storeFormatOf(path));
        assert.ok(read.ok, `${where}: ${read.ok ? '' : describeFault(read.fault)}`);
        files++;
        const { metadata, file } = read.value;
        assert.deepEqual(disagreements(read.value), [], where);
        assert.ok(metadata.keyGroups.flat().length > 0, where);
        for (const key of metadata.keyGroups.flat()) recipients.add(`${key.type} ${masterKeyName(key)}`);
        versions.add(metadata.version);
        for (const { root } of file.documents) walk(root, () => values++);
      }
    }
    console.log(
      `${files} files, ${values} values and comments, ${recipients.size} keys, versions ${[...versions].sort().join(' ')}`,
    );
    assert.ok(files >= 50, 'the repositories hold more encrypted files');
  },
);
