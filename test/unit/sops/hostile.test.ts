import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSopsConfig } from '../../../server/sops/creation-rules';
import { encryptionOf } from '../../../server/sops/encryption';
import { leavesOf } from '../../../server/sops/leaves';
import { requiredLiteral } from '../../../server/sops/required-literal';
import { isShadowedBy } from '../../../server/sops/shadowed-rule';
import { openFile } from '../../../server/yaml/file';

const leaves = (text: string): number => {
  const document = openFile('a.yaml', text, 1).documents[0]?.document;
  return document === undefined ? 0 : [...leavesOf(document)].length;
};

describe('texts that are made to take long, or to break what reads them', () => {
  it('anchors that contain themselves, and many of them, come to an end', () => {
    assert.equal(leaves('a: &a [*a, *a]\n'), 0);
    assert.ok(leaves('a: &a { b: *a, c: 1 }\n') <= 100);
    const levels = Array.from(
      { length: 12 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join()}]`,
    );
    assert.ok(leaves(`l0: &l0 []\n${levels.join('\n')}\n`) <= 50_000);
  });

  it('patterns without end say nothing', () => {
    assert.equal(isShadowedBy(`${'('.repeat(50_000)}a${')'.repeat(50_000)}`, 'a'), false);
    assert.equal(requiredLiteral('{'.repeat(100_000)), '');
  });

  it('stanzas and configurations of any form are values', () => {
    for (const text of ['sops: []', 'sops: {age: 1}', 'sops: {age: [1, {}], mac: {}}', 'sops: &a {mac: *a}', 'sops']) {
      assert.doesNotThrow(() => encryptionOf(openFile('a.yaml', text, 1)), text);
    }
    assert.equal(encryptionOf(openFile('a.env', `sops_${' '.repeat(200_000)}`, 1)), undefined);
    const ini = encryptionOf(openFile('a.ini', `[sops]\n${' '.repeat(200_000)}\nmac\n=1\n`, 1));
    assert.equal(ini?.stanzas.length, 1);
    for (const text of [
      'creation_rules: 1',
      'creation_rules: [1, [], {path_regex: []}]',
      '- a',
      'creation_rules: [{age: [{}]}]',
    ]) {
      assert.doesNotThrow(() => readSopsConfig(openFile('.sops.yaml', text, 1).documents[0]?.document), text);
    }
  });
});
