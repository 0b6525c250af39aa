import { type Span } from '../../../server/model/text';
import { deepestTree } from '../values/tree';

/** A JSON value with its place. */
export type JsonNode = Span &
  (
    | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
    | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
    | { readonly kind: 'string' | 'number'; readonly text: string }
    | { readonly kind: 'true' | 'false' | 'null' }
  );

export interface JsonMember {
  /** Of the key with its quotes. */
  readonly keySpan: Span;
  readonly key: string;
  readonly value: JsonNode;
}

export class JsonFault extends Error {
  constructor(
    readonly offset: number,
    readonly reason: string,
  ) {
    super(reason);
  }
}

const quote = 0x22;
const backslash = 0x5c;
const blanks = /[ \t\r\n]*/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const numberForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const wordForm = /true|false|null/y;

/**
 * Reads one JSON value that fills the text (RFC 8259, as Go's encoding/json takes it).
 * @throws JsonFault with the offset, for the store to turn into a fault
 */
export function readJson(text: string): JsonNode {
  const reader = new JsonReader(text);
  const root = reader.value(0);
  reader.expectEnd();
  return root;
}

class JsonReader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): JsonNode {
    if (depth > deepestTree) throw new JsonFault(this.at, 'nested too deeply');
    this.skip();
    const start = this.at;
    const first = this.text[start];
    if (first === '{') return this.object(start, depth);
    if (first === '[') return this.array(start, depth);
    if (first === '"') {
      const text = this.string();
      return { kind: 'string', text, start, end: this.at };
    }
    const word = this.take(wordForm);
    if (word !== undefined) return { kind: word as 'true' | 'false' | 'null', start, end: this.at };
    const text = this.take(numberForm);
    if (text === undefined) throw new JsonFault(start, 'expected a value');
    return { kind: 'number', text, start, end: this.at };
  }

  expectEnd(): void {
    this.skip();
    if (this.at < this.text.length) throw new JsonFault(this.at, 'expected the end of the file');
  }

  private object(start: number, depth: number): JsonNode {
    const members: JsonMember[] = [];
    const known = new Set<string>();
    this.list('}', () => {
      const keyStart = this.at;
      if (this.text[keyStart] !== '"') throw new JsonFault(keyStart, 'expected a key');
      const key = this.string();
      const keySpan = { start: keyStart, end: this.at };
      if (known.has(key)) throw new JsonFault(keyStart, 'the key stands there twice');
      known.add(key);
      this.skip();
      if (this.text[this.at] !== ':') throw new JsonFault(this.at, 'expected a colon');
      this.at++;
      members.push({ keySpan, key, value: this.value(depth + 1) });
    });
    return { kind: 'object', members, start, end: this.at };
  }

  private array(start: number, depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.list(']', () => items.push(this.value(depth + 1)));
    return { kind: 'array', items, start, end: this.at };
  }

  private list(close: string, read: () => void): void {
    this.at++;
    this.skip();
    if (this.text[this.at] === close) {
      this.at++;
      return;
    }
    for (;;) {
      this.skip();
      read();
      this.skip();
      const mark = this.text[this.at++];
      if (mark === close) return;
      if (mark !== ',') throw new JsonFault(this.at - 1, `expected a comma or ${close}`);
    }
  }

  private string(): string {
    const start = this.at++;
    // A loop and not one expression: those run out of stack on megabytes.
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code === quote) break;
      if (code === backslash && this.take(escape) !== undefined) continue;
      if (!(code >= 0x20) || code === backslash)
        throw new JsonFault(start, 'the text in quotes is not closed or not valid');
      this.at++;
    }
    return JSON.parse(this.text.slice(start, ++this.at)) as string;
  }

  private skip(): void {
    this.take(blanks);
  }

  private take(form: RegExp): string | undefined {
    form.lastIndex = this.at;
    const found = form.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}
