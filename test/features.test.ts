import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type CompletionItem } from 'vscode-languageserver-types';
import { complete } from '../server/features/completion/complete';
import { type FeatureContext } from '../server/features/context';
import { define } from '../server/features/definition';
import { hover } from '../server/features/hover';
import { linksIn } from '../server/features/links';
import { secretLenses } from '../server/features/secrets/secret-lenses';
import { documentSymbols, workspaceSymbols } from '../server/features/symbols';
import { type Clock, type Git, type Log } from '../server/model/ports';
import { finish } from '../server/model/steps';
import { type Position, type Range } from '../server/model/text';
import { createSchemas } from '../server/workspace/schemas';
import { createWorkspace } from '../server/workspace/workspace';
import { openFile, type YamlFile } from '../server/yaml/file';
import { offsetAt } from '../server/yaml/position';
import { type Case, type Expectation, readCases } from './support/markers';
import { memoryFiles } from './support/memory-files';

// Fixtures are those of `test/rules` with a question where a code stands (test/features/README.md).

const folder = 'test/features';
const clock: Clock = { now: () => 0, yield: (callback) => callback(), after: (_, callback) => callback() };
const git: Git = { remotes: () => undefined, isTracked: () => undefined, revision: () => Promise.resolve(undefined) };
const log: Log = { write: () => undefined };
const support = { snippets: true, keepsIndentation: true, markdown: true };

function contextOf({ files: texts }: Case): FeatureContext {
  const files = memoryFiles(texts);
  const snapshot = finish(createWorkspace({ files, git, clock, log }).link());
  return {
    snapshot,
    schemas: createSchemas(() => undefined).catalog(snapshot),
    files,
    describeKinds: () => undefined,
    uriOf: (path) => path,
  };
}

interface Asked {
  readonly context: FeatureContext;
  readonly file: YamlFile;
  readonly position: Position;
  readonly offset: number;
  /** What stands behind the question. */
  readonly text: string;
}

const isAt = (range: Range, { line, character }: Position): boolean =>
  range.start.line === line && range.start.character === character;

const place = (uri: string, range: Range): string => `${uri}:${range.start.line + 1}:${range.start.character + 1}`;

const completions = ({ context, file, position, offset }: Asked): CompletionItem[] =>
  complete(context, file, position, offset, support);

const listOf = (text: string): string[] => text.split(',').map((item) => item.trim());

const newTextOf = (item: CompletionItem | undefined): string | undefined =>
  item?.textEdit === undefined ? undefined : item.textEdit.newText.replaceAll('\n', '\\n');

/** Each question with what a fixture may ask; every one throws when the answer is another. */
const questions: Readonly<Record<string, (asked: Asked) => void>> = {
  hover: ({ context, file, offset, text }) => {
    const contents = hover(context, file, offset, { markdown: true })?.contents;
    const said = contents !== undefined && typeof contents === 'object' && 'value' in contents ? contents.value : '';
    assert.ok(said.includes(text), `hover says:\n${said}`);
  },
  silent: ({ context, file, offset }) => assert.equal(hover(context, file, offset, { markdown: true }), undefined),
  offers: (asked) => {
    const labels = completions(asked).map(({ label }) => label);
    for (const label of listOf(asked.text)) assert.ok(labels.includes(label), `offered: ${labels.join(', ')}`);
  },
  'offers-first': (asked) => {
    const sorted = completions(asked).sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
    const wanted = listOf(asked.text);
    assert.deepEqual(sorted.map(({ label }) => label).slice(0, wanted.length), wanted);
  },
  'offers-only': (asked) => {
    const labels = completions(asked).map(({ label }) => label);
    assert.deepEqual(labels.sort(), asked.text === 'nothing' ? [] : listOf(asked.text).sort());
  },
  'offers-not': (asked) => {
    const labels = completions(asked).map(({ label }) => label);
    for (const label of listOf(asked.text)) assert.ok(!labels.includes(label), `offered: ${label}`);
  },
  inserts: (asked) => {
    const [label = '', text] = asked.text.split(' => ');
    const item = completions(asked).find((candidate) => candidate.label === label);
    assert.equal(newTextOf(item), text);
  },
  defines: ({ context, file, offset, text }) => {
    const links = define(context, file, offset);
    const wanted = text === 'nothing' ? [] : listOf(text);
    assert.deepEqual(
      links.map(({ targetUri, targetSelectionRange }) => place(targetUri, targetSelectionRange)),
      wanted,
    );
  },
  links: ({ context, file, position, text }) => {
    const found = linksIn(context, file).find(({ range }) => isAt(range, position));
    assert.equal(found?.target ?? 'nothing', text);
  },
  lens: ({ context, file, position, text }) => {
    const titles = secretLenses(context, file)
      .filter(({ range }) => isAt(range, position))
      .map(({ title }) => title);
    assert.ok(titles.includes(text), `lenses here: ${titles.join(', ')}`);
  },
  symbol: ({ file, position, text }) => {
    const found = documentSymbols(file).find(({ selectionRange }) => isAt(selectionRange, position));
    assert.equal(found?.name, text);
  },
  found: ({ context, file, position, text }) => {
    assert.ok(context.snapshot);
    const places = workspaceSymbols(context, context.snapshot, text).map(({ location }) =>
      'range' in location ? place(location.uri, location.range) : location.uri,
    );
    const here = place(file.path, { start: position, end: position });
    assert.ok(places.includes(here), `${text} is found at ${places.join(', ')}`);
  },
};

function ask(context: FeatureContext, one: Case, { file: path, line, start, code, text }: Expectation): void {
  const file = openFile(path, one.files.get(path) ?? '', 1);
  const position = { line, character: start };
  const question = questions[code];
  assert.ok(question, `there is no question ${code}`);
  question({ context, file, position, offset: offsetAt(file, position), text: text ?? '' });
}

for (const feature of readdirSync(folder).filter((name) => !name.includes('.'))) {
  describe(feature, () => {
    for (const one of existsSync(join(folder, feature)) ? readCases(join(folder, feature)) : []) {
      it(one.name, () => {
        assert.ok(one.expected.length > 0, 'the fixture asks nothing');
        const context = contextOf(one);
        for (const expected of one.expected) {
          const where = `${expected.file}:${expected.line + 1}:${expected.start + 1} ${expected.code}`;
          try {
            ask(context, one, expected);
          } catch (error) {
            throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
          }
        }
      });
    }
  });
}
