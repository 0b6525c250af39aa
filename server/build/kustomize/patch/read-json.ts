import { type Node } from '../node';
import { type Origin } from '../origin';
import { formatFloat } from './json-value';

const token = /[\s,:]*(?:([[\]{}])|("(?:[^"\\]|\\.)*")|([^\s,:[\]{}"]+))/y;

/**
 * A JSON text as nodes, every origin `base` plus the offset of the value (or `base` alone for an inline text).
 * undefined when it is no JSON. Of equal keys the last wins. Numbers that Go would write otherwise keep their text, by
 * which `test` tells them apart.
 */
export function readJson(text: string, base: Origin, isInline: boolean): Node | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return new JsonReader(text, base, isInline).value();
}

/** Reads text that is known to be valid. */
class JsonReader {
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly base: Origin,
    private readonly isInline: boolean,
  ) {}

  value(): Node | undefined {
    token.lastIndex = this.#at;
    const found = token.exec(this.text);
    if (found === null) return undefined;
    this.#at = token.lastIndex;
    const [, bracket, quoted, word] = found;
    const start = this.#at - (bracket ?? quoted ?? word ?? '').length;
    const origin = this.isInline || typeof this.base !== 'number' ? this.base : this.base + start;
    if (bracket === '[') return { kind: 'list', items: this.#items(), origin };
    if (bracket === '{') return { kind: 'map', entries: this.#entries(), origin };
    if (bracket !== undefined) return undefined;
    if (quoted !== undefined) return { kind: 'scalar', text: String(JSON.parse(quoted)), style: 'double', origin };
    return { kind: 'scalar', text: wordText(word ?? ''), style: 'plain', origin };
  }

  #items(): readonly Node[] {
    const items: Node[] = [];
    for (let item = this.value(); item !== undefined; item = this.value()) items.push(item);
    return items;
  }

  #entries(): ReadonlyMap<string, Node> {
    const entries = new Map<string, Node>();
    for (let key = this.value(); key?.kind === 'scalar'; key = this.value()) {
      const value = this.value();
      if (value !== undefined) entries.set(key.text, value);
    }
    return entries;
  }
}

function wordText(word: string): string {
  const value = Number(word);
  return Number.isFinite(value) && String(value) === word ? formatFloat(value) : word;
}
