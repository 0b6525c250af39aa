import { type Path } from '../model/json';
import { type YamlDocument } from '../yaml/document';
import { resolveAlias } from '../yaml/locate';
import { type YamlNode, type YamlScalar } from '../yaml/node';
import { keyText } from '../yaml/scalar';
import { type Selection, selectorOf } from './selection';

/** A scalar of a document. */
export interface Leaf {
  readonly path: Path;
  /** The path as SOPS counts it: without positions in lists. */
  readonly keys: readonly string[];
  readonly node: YamlScalar;
}

/** Beyond this nothing is looked at: aliases can make a small text endless. */
const mostNodes = 50_000;
/** An anchor may contain itself. */
const deepest = 100;

/** The key of the stanza, which is no part of what is encrypted. */
export const stanzaKey = 'sops';

/** Every scalar of a document but those of the stanza, in order; merge keys count as keys, as in SOPS. */
export function* leavesOf({ root }: YamlDocument): Iterable<Leaf> {
  let left = mostNodes;
  function* visit(node: YamlNode | undefined, path: Path, keys: readonly string[]): Iterable<Leaf> {
    const here = resolveAlias(node);
    if (here === undefined || left-- <= 0 || path.length > deepest) return;
    if (here.kind === 'scalar') {
      yield { path, keys, node: here };
    } else if (here.kind === 'sequence') {
      for (const [index, item] of here.items.entries()) yield* visit(item, [...path, index], keys);
    } else if (here.kind === 'map') {
      for (const { key, value } of here.entries) {
        const name = keyText(key);
        if (path.length === 0 && name === stanzaKey) continue;
        yield* visit(value, [...path, name], [...keys, name]);
      }
    }
  }
  yield* visit(root, [], []);
}

type Test = (leaf: Pick<Leaf, 'keys'>) => boolean;

// A repository has few selections, and each stands in many files.
const tests = new Map<string, Test | undefined>();

/**
 * Whether SOPS encrypts a value of a selection, by its keys. undefined where nobody can tell: the pattern cannot be
 * compiled, or comments decide.
 */
export function selectionTest(selection: Selection): Test | undefined {
  const name = `${selection.by} ${selection.text}`;
  if (!tests.has(name)) {
    if (tests.size >= 200) tests.clear();
    tests.set(name, makeTest(selection));
  }
  return tests.get(name);
}

function makeTest(selection: Selection): Test | undefined {
  if (selection.by.endsWith('comment_regex')) return undefined;
  // The usual form names whole keys, and needs no engine.
  const [, names] = /^\^\((\w+(?:\|\w+)*)\)\$$/.exec(selection.text) ?? /^\^(\w+)\$$/.exec(selection.text) ?? [];
  if (names !== undefined && selection.by.endsWith('_regex')) {
    const known = new Set(names.split('|'));
    const whenFound = selection.by === 'encrypted_regex';
    return ({ keys }) => keys.some((key) => known.has(key)) === whenFound;
  }
  const selector = selectorOf(selection);
  return selector && (({ keys }) => selector.isEncrypted(keys, [], false));
}

/** True for a scalar that SOPS leaves as it is in any case: null, and empty text. */
export function isNeverEncrypted({ text, style, tag }: YamlScalar): boolean {
  if (style !== 'plain') return text === '';
  return tag === undefined && /^(~|null|Null|NULL|)$/.test(text);
}
