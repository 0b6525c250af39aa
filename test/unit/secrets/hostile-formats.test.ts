import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFault } from '../../../client/secrets/describe-fault';
import { type SecretsFault } from '../../../client/secrets/fault';
import { openEncrypted } from '../../../client/secrets/operations/open';
import { saveChanges } from '../../../client/secrets/operations/save';
import { textOf, textValue } from '../../../client/secrets/values/plain-value';
import { type StoreFormat } from '../../../server/sops/store-format';
import { accessOf, type AgeKey, encrypted, makeAgeKey, now } from './keys';

const marker = 'Kq7-plaintext-marker';
const plain: Readonly<Record<StoreFormat, string>> = {
  yaml: `a: ${marker}\nb: ${marker}-two\nc_unencrypted: clear\n`,
  json: `{\n\t"a": "${marker}",\n\t"b": "${marker}-two",\n\t"c_unencrypted": "clear"\n}\n`,
  dotenv: `a=${marker}\nb=${marker}-two\nc_unencrypted=clear\n`,
  ini: `[one]\na = ${marker}\nb = ${marker}-two\nc_unencrypted = clear\n`,
  binary: `${marker}\n`,
};
const formats = Object.keys(plain) as StoreFormat[];

const ciphertext = /ENC\[AES256_GCM,data:[^\]]*\]/g;
const valuesIn = (text: string): string[] => text.match(ciphertext) ?? [];

async function sample(format: StoreFormat): Promise<{ readonly text: string; readonly age: AgeKey }> {
  const age = await makeAgeKey();
  const { file } = await encrypted(plain[format], format, { groups: [[age.key]], threshold: 0 });
  const opened = await openEncrypted(file.text, format, accessOf(age.identity));
  assert.ok(opened.ok && textOf(opened.value.tree.values[0]?.value ?? textValue('')).startsWith(marker));
  return { text: file.text, age };
}

/** The fault of a text, after a look at everything it says: no value, no ciphertext, no key. */
async function faultOf(text: string, format: StoreFormat, { identity }: AgeKey): Promise<SecretsFault | undefined> {
  const opened = await openEncrypted(text, format, accessOf(identity));
  if (opened.ok) return undefined;
  const said = describeFault(opened.fault) + JSON.stringify(opened.fault);
  assert.doesNotMatch(said, /ENC\[|AGE-SECRET-KEY|BEGIN AGE/, format);
  assert.ok(!said.includes(marker) && !said.includes(identity.slice(20, 40)), said);
  for (const [, data = ''] of text.matchAll(/data:([^,]{8,}),/g)) assert.ok(!said.includes(data), said);
  assert.ok(describeFault(opened.fault).length > 20);
  return opened.fault;
}

const kindOf = async (...given: Parameters<typeof faultOf>): Promise<string> =>
  (await faultOf(...given))?.kind ?? 'opens';

for (const format of formats) {
  const isBinary = format === 'binary';

  test(`${format}: swapped, foreign, changed and plain values are refused`, async () => {
    const [{ text, age }, other] = [await sample(format), await sample(format)];
    const [first = '', second = ''] = valuesIn(text);
    const [foreign = ''] = valuesIn(other.text);
    if (!isBinary) {
      const swapped = text.replace(second, '@@').replace(first, second).replace('@@', first);
      assert.equal(await kindOf(swapped, format, age), 'foreign-value');
    }
    assert.equal(await kindOf(text.replace(first, foreign), format, age), 'foreign-value');
    const flipped = first.replace(/data:(.)/, (_, one: string) => `data:${one === 'A' ? 'B' : 'A'}`);
    assert.equal(await kindOf(text.replace(first, flipped), format, age), 'foreign-value');
    assert.equal(await kindOf(text.replace(first, first.slice(0, 40)), format, age), 'damaged-value');
    assert.equal(await kindOf(text.replace(first, marker), format, age), 'plain-value');
  });

  test(`${format}: a wrong, foreign or missing checksum is refused, and what is only looked at is not saved`, async () => {
    const [{ text, age }, other] = [await sample(format), await sample(format)];
    const mac = valuesIn(text).at(-1) ?? '';
    const foreign = valuesIn(other.text).at(-1) ?? '';
    const wrong = text.replace(mac, foreign);
    assert.equal(await kindOf(wrong, format, age), 'wrong-mac');
    assert.equal(await kindOf(text.replace(mac, ''), format, age), 'bad-metadata');
    const opened = await openEncrypted(wrong, format, accessOf(age.identity), true);
    assert.ok(opened.ok && !opened.value.isVerified);
    const [value] = opened.value.tree.values;
    assert.ok(value);
    const saved = saveChanges(opened.value, [{ kind: 'set', at: value.at, value: textValue('x') }], now);
    assert.ok(!saved.ok && saved.fault.kind === 'wrong-mac');
    assert.equal(opened.value.file.text, wrong);
  });

  if (!isBinary) {
    test(`${format}: reordered, added and removed entries do not fit the checksum`, async () => {
      const { text, age } = await sample(format);
      const lines = text.split('\n');
      const [a, b, c] = ['a', 'b', 'c_unencrypted'].map((key) =>
        lines.findIndex((line) => new RegExp(`^\\s*"?${key}"?\\s*[:=]`).test(line)),
      );
      assert.ok(a !== undefined && b !== undefined && c !== undefined);
      const reordered = lines.with(a, lines[b] ?? '').with(b, lines[a] ?? '');
      assert.equal(await kindOf(reordered.join('\n'), format, age), 'wrong-mac');
      assert.equal(await kindOf(lines.toSpliced(a, 1).join('\n'), format, age), 'wrong-mac');
      const more = (lines[c] ?? '').replace('c_unencrypted', 'd_unencrypted');
      assert.equal(
        await kindOf(lines.toSpliced(a, 0, more.replace(/,?$/, format === 'json' ? ',' : '')).join('\n'), format, age),
        'wrong-mac',
      );
    });
  }

  test(`${format}: a truncated file is refused wherever it ends`, async () => {
    const { text, age } = await sample(format);
    for (let part = 1; part < 40; part++) {
      const cut = text.slice(0, Math.floor((text.length * part) / 40));
      assert.notEqual(await kindOf(cut, format, age), 'opens', `${part}/40`);
    }
  });

  test(`${format}: a huge stanza ends soon, and is refused or opens as it is`, async () => {
    const { text, age } = await sample(format);
    const started = process.hrtime.bigint();
    const huge: Readonly<Record<StoreFormat, string>> = {
      yaml: text.replace(
        /^( *)age:\n/m,
        (line, lead: string) => line + `${lead}${lead}- recipient: age1x\n${lead}${lead}  enc: x\n`.repeat(20_000),
      ),
      json: text.replace(/"age": \[/, (line) => line + '{"recipient": "age1x", "enc": "x"},'.repeat(50_000)),
      dotenv: text + Array.from({ length: 50_000 }, (_, index) => `sops_age__list_${index + 1}__map_enc=x\n`).join(''),
      ini: text + Array.from({ length: 50_000 }, (_, index) => `age__list_${index + 1}__map_enc = x\n`).join(''),
      binary: text.replace(/"age": \[/, (line) => line + '{"recipient": "age1x", "enc": "x"},'.repeat(50_000)),
    };
    assert.ok(huge[format].length > text.length + 100_000);
    await faultOf(huge[format], format, age);
    assert.ok(Number(process.hrtime.bigint() - started) / 1e9 < 20);
  });

  test(`${format}: a file for another key is refused, with the places that were tried`, async () => {
    const { text } = await sample(format);
    const fault = await faultOf(text, format, await makeAgeKey());
    assert.ok(fault?.kind === 'no-key' && fault.attempts.some(({ place }) => place === 'SOPS_AGE_KEY'));
  });
}

test('a file of one format is no file of another', async () => {
  for (const format of formats) {
    const { text, age } = await sample(format);
    for (const wrong of formats) {
      // JSON is YAML, and a binary file is JSON.
      const isReadable = wrong === format || /^(?:json|binary) (?:yaml|json|binary)$/.test(`${format} ${wrong}`);
      if (!isReadable) assert.notEqual(await kindOf(text, wrong, age), 'opens', `${format} as ${wrong}`);
    }
  }
});
