import { type JsonValue } from '../../../model/json';
import { isNull } from '../fieldspec/emptiness';
import { goJson, valueOfNode } from '../generate/go-json';
import { meaningOf, withText } from '../generate/scalar';
import { type Node } from '../node';
import { type Origin } from '../origin';
import { indexOfStep, PathProblem, splitListMatch } from './field-path';
import { lookup } from './lookup';
import { visitPath } from './match-path';
import { printStyled } from './print-styled';
import { readStyled } from './styled-text';

/** A value for a place inside a text that is itself YAML or JSON. */
export interface TextEdit {
  readonly value: Node;
  readonly makes: Node['kind'] | undefined;
  readonly origin: Origin;
}

/** False where Go's decoder would refuse the value: a tag that does not fit, a key twice. */
function canBeRead(node: Node): boolean {
  if (node.kind === 'scalar') return meaningOf(node).isMismatch !== true;
  if (node.kind === 'list') return node.items.every(canBeRead);
  return node.unwritable === undefined && [...node.entries.values()].every(canBeRead);
}

/** The edited value as text of the kind it was (replacement.go, serializeStructuredData); undefined: it cannot be. */
function serialized(node: Node, before: string): string | undefined {
  const first = before.trimStart()[0];
  if (first !== '{' && first !== '[') return printStyled(node);
  if (!canBeRead(node)) return undefined;
  const value: JsonValue = valueOfNode(node);
  return before.includes('\n') && before.includes('  ') ? goJson(value, '  ') : goJson(value);
}

function edited(text: string, steps: readonly string[], edit: TextEdit): string | undefined {
  const root = readStyled(text, edit.origin);
  if (root === undefined || root instanceof PathProblem) return undefined;
  const { value, makes, origin } = edit;
  const fresh = new Set<Node>();
  const visited = visitPath(root, steps, {
    makes,
    origin,
    fresh,
    set: (place) => {
      if (place.kind !== 'scalar') return value;
      const content = value.kind === 'scalar' ? value.text : '';
      return fresh.has(place) ? { ...place, text: content } : withText(place, content, origin);
    },
  });
  if (visited instanceof PathProblem || visited.count === 0) return undefined;
  return serialized(visited.node, text);
}

/** The tree with another value where {@link lookup} finds one. */
function replaceAt(node: Node, steps: readonly string[], made: Node): Node {
  const [step, ...rest] = steps;
  if (step === undefined) return made;
  const name = step.trim();
  if (name === '') return replaceAt(node, rest, made);
  if (node.kind === 'map') {
    const field = node.entries.get(name);
    return field === undefined
      ? node
      : { ...node, entries: new Map(node.entries).set(name, replaceAt(field, rest, made)) };
  }
  if (node.kind !== 'list') return node;
  const match = splitListMatch(name);
  const found = match === undefined ? undefined : lookup(node, [name]);
  const index =
    found !== undefined && !(found instanceof PathProblem)
      ? node.items.indexOf(found)
      : name === '-'
        ? node.items.length - 1
        : (indexOfStep(name) ?? -1);
  return { ...node, items: node.items.map((item, at) => (at === index ? replaceAt(item, rest, made) : item)) };
}

/**
 * The object with the value set inside a text on the path (replacement.go, setValueInStructuredData).
 * @returns undefined where no text of the path holds such a place; the path is then followed in the object alone
 */
export function setInText(object: Node, steps: readonly string[], edit: TextEdit): Node | undefined {
  for (let length = 1; length < steps.length; length++) {
    const outer = steps.slice(0, length);
    const place = lookup(object, outer);
    if (place === undefined || place instanceof PathProblem || place.kind !== 'scalar') continue;
    const root = readStyled(place.text, edit.origin);
    if (root instanceof PathProblem) continue;
    const text = edited(place.text, steps.slice(length), edit);
    if (text === undefined) return undefined;
    return replaceAt(object, outer, isNull(place) ? place : withText(place, text, edit.origin));
  }
  return undefined;
}
