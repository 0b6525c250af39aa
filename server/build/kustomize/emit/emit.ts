import { type ResolvedScalar, resolveScalar } from '../../../yaml/scalar';
import { type MapNode, type Node, type NodePath, type ScalarNode } from '../node';
import { refold } from './fold';
import { numberText } from './go-number';
import { isSimpleKey, staysBlock, styleOf } from './scalar-style';
import { compareKeys } from './sort-keys';
import { type GoRelease, withTextKeys } from './text-keys';
import { type EmittedText, Writer } from './writer';

/** A value that Go's JSON or YAML cannot write, and where it stands in its object. */
export interface EmitProblem {
  readonly path: NodePath;
  readonly reason:
    | 'not-a-number'
    | 'mismatched-tag'
    | 'duplicate-key'
    | 'key-not-text'
    | 'key-unreadable'
    | 'control-character'
    | 'leading-tab';
  /** The key or text at fault. */
  readonly text: string;
}

/**
 * Objects as `kustomize build` prints them: each through go-yaml v3 and Go's JSON to go-yaml v2, keys sorted, `---`
 * between. For every key and value the origin stands at its offset.
 */
export function emitObjects(
  objects: readonly MapNode[],
  go: GoRelease = '1.26',
): EmittedText | { readonly index: number; readonly problem: EmitProblem } {
  const emitter = new Emitter(go);
  for (const [index, object] of objects.entries()) {
    if (index > 0) emitter.writer.put('---\n');
    emitter.object(object);
    if (emitter.problem !== undefined) return { index, problem: emitter.problem };
  }
  return emitter.writer.finish();
}

/** One object as {@link emitObjects} prints it. */
export function emitObject(object: MapNode, go: GoRelease = '1.26'): EmittedText | EmitProblem {
  const emitter = new Emitter(go);
  emitter.object(object);
  return emitter.problem ?? emitter.writer.finish();
}

/** What a scalar becomes in the output: the one reading of scalars, after the round trip that folded texts suffer. */
export function outputValue(node: ScalarNode): ResolvedScalar {
  const text = node.style === 'folded' ? refold(node.text) : node.text;
  const style = node.quotedInFlow === true ? 'single' : node.style;
  const scalar = { kind: 'scalar', style, text, start: 0, end: 0 } as const;
  return resolveScalar(node.tag === undefined ? scalar : { ...scalar, tag: node.tag });
}

/** True for a block that go-yaml v3 writes with a tab where it then expects indentation. */
export function losesTab({ style, text }: Pick<ScalarNode, 'style' | 'text'>): boolean {
  return (style === 'literal' || style === 'folded') && text.startsWith('\t') && staysBlock(text);
}

class Emitter {
  readonly writer = new Writer();
  readonly #path: (string | number)[] = [];
  problem: EmitProblem | undefined;

  constructor(private readonly go: GoRelease) {}

  object(node: MapNode): void {
    this.writer.startLine();
    if (node.entries.size === 0) this.writer.put('{}');
    else this.#map(node, 0, true);
    this.writer.newLine(0);
  }

  #fail(reason: EmitProblem['reason'], text: string): void {
    this.problem ??= { path: [...this.#path], reason, text };
  }

  #withTextKeys(map: MapNode): MapNode {
    const { unwritable } = map;
    if (unwritable === undefined) return map;
    const made = withTextKeys(map, this.go);
    if (made === undefined) this.#fail(unwritable.reason, unwritable.key);
    return made ?? map;
  }

  #map(written: MapNode, indent: number, isFirst: boolean): void {
    const node = this.#withTextKeys(written);
    let isAtPlace = isFirst;
    for (const key of sortedKeys(node)) {
      const value = node.entries.get(key);
      if (value === undefined) continue;
      if (isAtPlace) isAtPlace = false;
      else this.writer.newLine(indent);
      this.#path.push(key);
      this.writer.mark(value.origin);
      if (key.length > 160 || key.includes('\x85')) this.#checkKey(key);
      if (isSimpleKey(key)) {
        this.#text(key, indent, true);
        this.writer.put(':');
        this.#value(value, indent, false);
      } else {
        this.writer.put('? ');
        this.#text(key, indent + 2, false);
        this.writer.newLine(indent);
        this.writer.put(':');
        this.#value(value, indent, true);
      }
      this.#path.pop();
    }
  }

  /** A value behind `key:`, or behind the colon of a long key, which then starts its line. */
  #value(node: Node, indent: number, isBehindLongKey: boolean): void {
    if (node.kind === 'map' && node.entries.size > 0) {
      if (isBehindLongKey) this.writer.put(' ');
      else this.writer.newLine(indent + 2);
      this.#map(node, indent + 2, true);
    } else if (node.kind === 'list' && node.items.length > 0) {
      if (isBehindLongKey) this.writer.put(' ');
      else this.writer.newLine(indent);
      this.#list(node.items, isBehindLongKey ? indent + 2 : indent);
    } else {
      this.writer.put(' ');
      this.#leaf(node, indent + 2);
    }
  }

  #list(items: readonly Node[], indent: number): void {
    for (const [index, item] of items.entries()) {
      if (index > 0) this.writer.newLine(indent);
      this.#path.push(index);
      this.writer.put('- ');
      if (item.kind === 'map' && item.entries.size > 0) this.#map(item, indent + 2, true);
      else if (item.kind === 'list' && item.items.length > 0) this.#list(item.items, indent + 2);
      else this.#leaf(item, indent + 2);
      this.#path.pop();
    }
  }

  #leaf(node: Node, indent: number): void {
    this.writer.mark(node.origin);
    if (node.kind === 'map') {
      this.#withTextKeys(node);
      this.writer.put('{}');
    } else if (node.kind === 'list') this.writer.put('[]');
    else this.#scalar(node, indent);
  }

  #scalar(node: ScalarNode, indent: number): void {
    const resolved = outputValue(node);
    if (resolved.isMismatch === true) this.#fail('mismatched-tag', node.text);
    const { value } = resolved;
    if (losesTab(node)) this.#fail('leading-tab', node.text);
    if (typeof value === 'string') this.#text(value, indent, false);
    else if (value === null) this.writer.put('null');
    else if (typeof value === 'boolean') this.writer.put(value ? 'true' : 'false');
    else if (typeof value === 'bigint' || Number.isFinite(value)) this.writer.put(numberText(value));
    else this.#fail('not-a-number', node.text);
  }

  /** go-yaml v2 finds no colon behind a key of JSON that is longer than 1024 characters, or that it reads as two lines. */
  #checkKey(key: string): void {
    const escaped = JSON.stringify(key).replace(/[<>&\u2028\u2029]/g, '\\u0000');
    if (escaped.length > 1024 || key.includes('\x85')) this.#fail('key-unreadable', key.slice(0, 40));
  }

  /** What go-yaml v2 reads from a text that stands in JSON: U+0085 is folded there. */
  #readAgain(text: string): string {
    const folded = text.replace(oldBreaks, (run) => {
      const count = run.replaceAll(' ', '').length;
      return count === 1 ? ' ' : '\n'.repeat(count - 1);
    });
    if (rare.test(folded) || marker.test(text)) this.#fail('control-character', text);
    return folded;
  }

  #text(written: string, indent: number, isKey: boolean): void {
    const text = rare.test(written) ? this.#readAgain(written) : written;
    const style = styleOf(text, isKey);
    if (style === 'plain') this.writer.putPlain(text, indent, isKey);
    else if (style === 'literal') this.writer.putLiteral(text, indent);
    else if (style === 'single') this.writer.putSingle(text, indent, isKey);
    else this.writer.putDouble(text, indent, isKey);
  }
}

/** Characters that Go's JSON writes as they are and go-yaml v2 refuses, or takes for a line break (U+0085). */

const rare = /[\x7f-\x9f\ufffe\uffff]/;

/** A document marker at the start of what is taken for a line. */
const marker = /\x85(?:---|\.\.\.)[ \x85]/;
const oldBreaks = / *\x85(?: *\x85)* */g;

/** Beyond this many keys a general sort is faster than putting each in its place. */
const few = 24;

function sortedKeys(node: MapNode): readonly string[] {
  const keys = [...node.entries.keys()];
  if (keys.length > few) return keys.sort(compareKeys);
  for (let at = 1; at < keys.length; at++) {
    const key = keys[at] ?? '';
    let place = at;
    for (; place > 0 && compareKeys(key, keys[place - 1] ?? '') < 0; place--) keys[place] = keys[place - 1] ?? '';
    keys[place] = key;
  }
  return keys;
}
