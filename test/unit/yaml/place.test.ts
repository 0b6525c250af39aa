import assert from 'node:assert/strict';
import test from 'node:test';
import { parseDocument } from '../../../server/yaml/parse';
import { pathAtOffset } from '../../../server/yaml/place';

/** Text with `|` at the cursor, and what is expected: path, part, `+` when a key may be typed there. */
const cases: readonly (readonly [string, string])[] = [
  ['|', ' gap +'],
  ['---\n|', ' gap +'],
  ['|name: x', 'name key +'],
  ['na|me: x', 'name key +'],
  ['name: |', 'name value'],
  ['name:|', 'name value'],
  ['name: x|', 'name value'],
  ['name: x |', 'name value'],
  ['name: x # c|', 'name gap'],
  ['name: x\n# c|', ' gap'],
  ['a: 1\n|', ' gap +'],
  ['a: 1\nb|', 'b key +'],
  ['a: 1\nb|\nc: 2', 'b key +'],
  ['spec:\n  |', 'spec gap +'],
  ['spec:\n  |\nkind: x', 'spec gap +'],
  ['spec:\n|\nkind: x', ' gap +'],
  ['spec:\n  a: 1\n  |', 'spec gap +'],
  ['spec:\n  a: 1\n  |\nkind: x', 'spec gap +'],
  ['spec:\n  a: 1\n|', ' gap +'],
  ['spec:\n  a: 1\n    |', 'spec/a gap +'],
  ['spec:\n  a: 1\n  b|', 'spec/b key +'],
  ['spec:\n  in|', 'spec value +'],
  ['spec:\n  a:\n    b: 1\n  |', 'spec gap +'],
  ['spec:\n  a:\n    b: 1\n    |', 'spec/a gap +'],
  ['list:\n  - |', 'list/0 value +'],
  ['list:\n  - na|', 'list/0 value +'],
  ['list:\n  - name: a\n    |', 'list/0 gap +'],
  ['list:\n  - name: a\n    kind|', 'list/0/kind key +'],
  ['list:\n  - name: a\n  |', 'list gap +'],
  ['list:\n  - name: a\n  - |', 'list/1 value +'],
  ['list:\n  - name: a\n|', ' gap +'],
  ['list:\n- name: a\n  |', 'list/0 gap +'],
  ['list:\n- |\nkind: x', 'list/0 value +'],
  ['list:\n  - name: a\n    ref:\n      |', 'list/0/ref gap +'],
  ['a: |-|\n', 'a value'.replace('|-', '')],
  ['map: { a: 1, | }', 'map gap +'],
  ['map: { a: | }', 'map/a value'],
  ['map: { a: x| }', 'map/a value'],
  ['map: { a|: 1 }', 'map/a key +'],
  ['list: [a, |]', 'list/1 value'],
  ['list: [|]', 'list/0 value'],
  ['list: [ab|]', 'list/0 value'],
  ['text: "a b|"', 'text value'],
  ['b: 1\r\nspec:\r\n  |\r\n', 'spec gap +'],
];

for (const [marked, expected] of cases) {
  test(`place in ${JSON.stringify(marked)}`, () => {
    const offset = marked.lastIndexOf('|');
    const document = parseDocument(marked.slice(0, offset) + marked.slice(offset + 1));
    const { path, part, canBeKey } = pathAtOffset(document, offset);
    assert.equal(`${path.join('/')} ${part}${canBeKey ? ' +' : ''}`, expected);
  });
}

test('the text of a block scalar is its value, wherever the cursor stands in it', () => {
  const text = 'data:\n  script: |\n    one\n\n    two\n  next: 1\n';
  const document = parseDocument(text);
  for (const offset of [text.indexOf('one'), text.indexOf('two') + 1, text.indexOf('\n\n') + 1]) {
    const { path, part } = pathAtOffset(document, offset);
    assert.deepEqual({ path, part }, { path: ['data', 'script'], part: 'value' });
  }
});
