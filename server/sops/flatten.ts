import { type JsonValue } from '../model/json';

/** Between the keys of a flattened name: what follows is a key, or a position of a list. */
const mapSeparator = '__map_';
const listSeparator = '__list_';

/** Before every name of the stanza in a dotenv file; INI has a section `sops` instead. */
export const flatPrefix = 'sops_';

/** A stanza has four levels; far deeper names are an attack on the stack. */
const deepest = 16;

interface Branch {
  value: string | undefined;
  readonly keys: Map<string, Branch>;
  readonly items: Map<number, Branch>;
}

const newBranch = (): Branch => ({ value: undefined, keys: new Map(), items: new Map() });

/** Steps of a flattened name: `age__list_0__map_enc` is age, 0, enc. A position that is no number is 0, as in SOPS. */
function stepsOf(name: string): readonly (string | number)[] {
  const steps: (string | number)[] = [];
  let from = 0;
  let separator = '';
  const finish = (end: number): void => {
    const text = name.slice(from, end);
    const position = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : 0;
    steps.push(separator === listSeparator ? position : text);
  };
  for (let at = 0; at < name.length;) {
    const next = [mapSeparator, listSeparator].find((mark) => name.startsWith(mark, at));
    if (next === undefined) at++;
    else {
      finish(at);
      separator = next;
      at += next.length;
      from = at;
    }
  }
  finish(name.length);
  return steps;
}

/** The stanza, or the flattened name that does not fit its neighbours. */
export type Unflattened =
  { readonly kind: 'stanza'; readonly stanza: JsonValue } | { readonly kind: 'misfit'; readonly name: string };

/**
 * Puts flattened entries of a stanza together (getsops/sops stores/flatten.go): names without `sops_`, values as text. A name
 * twice, a name that is both a value and a parent, and a list with gaps are misfits.
 */
export function unflatten(entries: Iterable<readonly [name: string, value: string]>): Unflattened {
  const root = newBranch();
  for (const [name, value] of entries) {
    let here = root;
    const steps = stepsOf(name);
    if (steps.length > deepest) return { kind: 'misfit', name };
    for (const step of steps) {
      const known = typeof step === 'number' ? here.items.get(step) : here.keys.get(step);
      const next = known ?? newBranch();
      if (known === undefined) {
        if (typeof step === 'number') here.items.set(step, next);
        else here.keys.set(step, next);
      }
      here = next;
    }
    if (here.value !== undefined) return { kind: 'misfit', name };
    here.value = value;
  }
  return convert(root, []);
}

function convert(branch: Branch, path: readonly string[]): Unflattened {
  const misfit: Unflattened = { kind: 'misfit', name: path.join('') };
  const forms = [branch.value !== undefined, branch.keys.size > 0, branch.items.size > 0];
  if (forms.filter(Boolean).length > 1) return misfit;
  if (branch.value !== undefined) return { kind: 'stanza', stanza: branch.value };
  if (branch.items.size > 0) {
    const list: JsonValue[] = [];
    for (let index = 0; index < branch.items.size; index++) {
      const item = branch.items.get(index);
      if (item === undefined) return misfit;
      const converted = convert(item, [...path, `${listSeparator}${index}`]);
      if (converted.kind === 'misfit') return converted;
      list.push(converted.stanza);
    }
    return { kind: 'stanza', stanza: list };
  }
  const map = new Map<string, JsonValue>();
  for (const [key, child] of branch.keys) {
    const converted = convert(child, [...path, path.length === 0 ? key : `${mapSeparator}${key}`]);
    if (converted.kind === 'misfit') return converted;
    map.set(key, converted.stanza);
  }
  return { kind: 'stanza', stanza: map };
}

/** A stanza as flattened entries, in the order of its fields; names without `sops_`, numbers and booleans as Go prints them. */
export function flatten(stanza: JsonValue, name = ''): readonly (readonly [name: string, value: string])[] {
  const below = (value: JsonValue, separator: string, step: string | number): ReturnType<typeof flatten> =>
    flatten(value, name === '' ? String(step) : `${name}${separator}${step}`);
  if (stanza instanceof Map) {
    return [...(stanza as ReadonlyMap<string, JsonValue>)].flatMap(([key, value]) => below(value, mapSeparator, key));
  }
  if (Array.isArray(stanza)) {
    return (stanza as readonly JsonValue[]).flatMap((value, index) => below(value, listSeparator, index));
  }
  return [[name, typeof stanza === 'object' ? '' : String(stanza)]];
}
