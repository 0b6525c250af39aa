import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { KeptText } from '../../../client/secrets/editing/kept-text';

test('a text is there until it is removed, and a write that ended early changes nothing', async () => {
  const root = await mkdtemp(join(tmpdir(), 'fluxwright-kept-'));
  try {
    const folder = join(root, 'not', 'there', 'yet');
    const kept = new KeptText(folder, 'a');
    assert.equal(await kept.read(), undefined);
    await kept.remove();
    await kept.write('first');
    await kept.write('second');
    assert.equal(await new KeptText(folder, 'a').read(), 'second');
    assert.deepEqual(await readdir(folder), ['a']);
    await writeFile(join(folder, 'a.next'), 'hal');
    assert.equal(await kept.read(), 'second');
    await kept.write('third');
    assert.equal(await kept.read(), 'third');
    await kept.remove();
    assert.equal(await kept.read(), undefined);
    assert.deepEqual(await readdir(folder), []);
  } finally {
    await rm(root, { recursive: true });
  }
});

test('what the disk does not take is told', async () => {
  const root = await mkdtemp(join(tmpdir(), 'fluxwright-kept-'));
  try {
    await writeFile(join(root, 'file'), '');
    await assert.rejects(new KeptText(join(root, 'file'), 'a').write('text'));
  } finally {
    await rm(root, { recursive: true });
  }
});
