// @ts-check
// Edits of one open document in one server, each with a text that was never there before.
import { join } from 'node:path';
import { uriOf } from './language-server.mjs';

export class Editing {
  #lines;
  #count = 0;
  /** @type {import('./language-server.mjs').Publication | undefined} */
  #last;

  /**
   * @param {import('./language-server.mjs').LanguageServer} server
   * @param {import('./documents.mjs').Sample} sample
   * @param {boolean} hasPasses the server tells when its second pass has ended
   */
  constructor(server, sample, hasPasses) {
    this.server = server;
    this.sample = sample;
    this.hasPasses = hasPasses;
    this.uri = uriOf(join(server.root, sample.path));
    this.#lines = sample.text.split('\n');
  }

  async open() {
    const published = this.server.publication(this.uri, () => true, 'a publication after opening');
    this.server.open(this.uri, this.sample.text);
    await published;
    await this.server.settled();
  }

  /**
   * One change that makes a mistake or mends it. Resolves when the server has told so; throws when it told anything else.
   * @param {'local' | 'graph'} kind
   * @returns {Promise<{ first: number, second: number }>} milliseconds from the change to the document's findings, and to
   * those of the second pass (`first` again where there is none)
   */
  async edit(kind) {
    const place = this.sample[kind];
    if (place === undefined) throw new Error(`${this.sample.path} has no ${kind} edit`);
    const number = ++this.#count;
    const isWrong = number % 2 === 1;
    const value = isWrong
      ? place.wrong === undefined
        ? `edit-${number}`
        : `${place.wrong} # edit ${number}`
      : `${place.right} # edit ${number}`;
    const { first, second } = this.#expected();
    this.version = this.#replace([[place.line, `${place.indent}${place.key}: ${value}`]]);
    const start = this.#sentAt;
    const firstAt = await first;
    if (kind === 'local') this.#verify(place, isWrong);
    const secondAt = await second;
    if (this.hasPasses) this.#verify(place, isWrong);
    return { first: firstAt - start, second: (secondAt ?? firstAt) - start };
  }

  /**
   * A change and at once a question about the new text.
   * @param {'hover' | 'completion'} question
   * @returns {Promise<number>} milliseconds from the change to the answer
   */
  async ask(question) {
    const number = ++this.#count;
    const { completion, comment, hover } = this.sample;
    const indent = /^ */.exec(this.#lines[comment] ?? '')?.[0] ?? '';
    /** @type {[number, string][]} */
    const changes = [[comment, `${indent}# edit ${number}`]];
    // The start of a field's name, as somebody types it.
    if (question === 'completion') changes.push([completion, `  ${number % 2 === 0 ? 's' : 'su'}`]);
    const { first, second } = this.#expected();
    this.version = this.#replace(changes);
    const start = this.#sentAt;
    const position =
      question === 'hover' ? hover : { line: completion, character: (this.#lines[completion] ?? '').length };
    const answer = await this.server.request(`textDocument/${question}`, { textDocument: { uri: this.uri }, position });
    const time = performance.now() - start;
    const isEmpty = question === 'hover' ? !answer?.contents : (answer?.items ?? answer ?? []).length === 0;
    if (isEmpty) throw new Error(`no ${question} at ${this.sample.path}:${position.line + 1}`);
    await first;
    await second;
    return time;
  }

  /** Promises of what the next change brings; made before it is sent. */
  #expected() {
    const first = this.server.publication(
      this.uri,
      (publication) => {
        const isFresh = publication.version === undefined || publication.version === this.version;
        if (isFresh) this.#last = publication;
        return isFresh;
      },
      'fresh findings',
    );
    // Publications of the second pass are newer still.
    const second = !this.hasPasses
      ? Promise.resolve(undefined)
      : this.server.message((message) => {
          const { method, params } = message;
          if (method === 'textDocument/publishDiagnostics' && params.uri === this.uri) this.#last = params;
          return method === 'fluxwright/snapshotChanged';
        }, 'the end of the second pass');
    return { first, second };
  }

  #sentAt = 0;

  /** @type {(changes: [number, string][]) => number} */
  #replace(changes) {
    const edits = changes.map(([line, text]) => {
      const before = this.#lines[line] ?? '';
      this.#lines[line] = text;
      return { range: { start: { line, character: 0 }, end: { line, character: before.length } }, text };
    });
    this.#sentAt = performance.now();
    this.version = (this.version ?? 1) + 1;
    return this.server.change(this.uri, edits);
  }

  /** @type {(place: import('./documents.mjs').Place, isWrong: boolean) => void} */
  #verify({ line, code }, isWrong) {
    const isTold =
      this.#last?.diagnostics.some((found) =>
        code === undefined ? found.range.start.line === line : found.code === code,
      ) ?? false;
    if (isTold !== isWrong)
      throw new Error(
        `${this.sample.path}:${line + 1}: a mistake that was ${isWrong ? 'made' : 'mended'} is ${isTold ? '' : 'not '}told`,
      );
  }
}
