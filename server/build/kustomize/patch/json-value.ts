import { type Dialect, resolveScalar, type ResolvedScalar } from '../../../yaml/scalar';
import { refold } from '../emit/fold';
import { losesTab } from '../emit/emit';
import { type GoRelease, withTextKeys } from '../emit/text-keys';
import { staysBlock, styleOf } from '../emit/scalar-style';
import { mapNode, type MapNode, type Node, type ScalarNode } from '../node';

/** What no JSON can hold: infinity, a tag that does not fit its text, a map with two equal keys. */
export class Unwritable {
  constructor(readonly text: string) {}
}

function resolve({ style, text, tag }: Omit<ScalarNode, 'origin'>, dialect: Dialect): ResolvedScalar {
  return resolveScalar({ kind: 'scalar', style, text, ...(tag && { tag }), start: 0, end: 0 }, dialect);
}

/**
 * An object as it comes back from Go's JSON, through which a JSON patch takes it as a whole (filters/patchjson6902):
 * every number is a 64-bit float, a key without a value an explicit null, a time its text; nothing is shared.
 * Unchanged parts are the identical nodes.
 */
export function throughJson(node: MapNode, dialect: Dialect, go?: GoRelease): MapNode | Unwritable;
export function throughJson(node: Node, dialect: Dialect, go?: GoRelease): Node | Unwritable;
export function throughJson(node: Node, dialect: Dialect, go: GoRelease = '1.26'): Node | Unwritable {
  if (node.kind === 'scalar') return scalarThroughJson(node, dialect);
  if (node.kind === 'list') {
    const items: Node[] = [];
    for (const item of node.items) {
      const result = throughJson(item, dialect, go);
      if (result instanceof Unwritable) return result;
      items.push(result);
    }
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  // YAML 1.1 as kustomize reads it takes equal keys, and keys that are no text.
  const isTaken = dialect === 'kustomization' && node.unwritable !== undefined;
  const map = isTaken ? unmarked(node) : withTextKeys(node, go);
  if (map === undefined) return new Unwritable(node.unwritable?.key ?? '');
  let entries: Map<string, Node> | undefined;
  for (const [key, value] of map.entries) {
    const result = throughJson(value, dialect, go);
    if (result instanceof Unwritable) return result;
    if (result !== value) (entries ??= new Map(map.entries)).set(key, result);
  }
  return entries === undefined ? map : { ...map, entries };
}

function unmarked({ entries, origin, isFlow }: MapNode): MapNode {
  return { ...mapNode(entries, origin), ...(isFlow === true && { isFlow }) };
}

const safelyPlain = /^[A-Za-z_./][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*$/;

function scalarThroughJson(node: ScalarNode, dialect: Dialect): ScalarNode | Unwritable {
  if (node.quotedInFlow === true) return { kind: 'scalar', text: node.text, style: 'double', origin: node.origin };
  const isRefolded = node.style === 'folded' && dialect === 'go-yaml-v3';
  const resolved = resolve(isRefolded ? { ...node, text: refold(node.text) } : node, dialect);
  const { origin } = node;
  const plain = (text: string): ScalarNode => {
    const isSame = node.style === 'plain' && node.text === text && node.tag === undefined && node.isBare === undefined;
    return isSame && node.shared === undefined ? node : { kind: 'scalar', text, style: 'plain', origin };
  };
  if (resolved.kind === 'null') return plain('null');
  if (resolved.kind === 'bool') return plain(String(resolved.value));
  if (resolved.kind === 'int' || resolved.kind === 'float') {
    const value = Number(resolved.value);
    return Number.isFinite(value) ? plain(formatFloat(value)) : new Unwritable(node.text);
  }
  const text = resolved.value;
  if (resolved.isMismatch === true) return new Unwritable(node.text);
  const isPlain = safelyPlain.test(text) || styleOf(text, false) === 'plain';
  if (isPlain && isTextEverywhere(text)) return plain(text);
  if (text.includes('\n') && staysBlock(text)) {
    if (losesTab({ style: 'literal', text }))
      return new Unwritable(`A text that begins with a tab (${text.trim().split('\n', 1)[0] ?? ''})`);
    return { kind: 'scalar', text, style: 'literal', origin };
  }
  if (node.style === 'double' && node.text === text && node.tag === undefined && node.shared === undefined) return node;
  return { kind: 'scalar', text, style: 'double', origin };
}

/** True for text that needs no quotes in YAML 1.1 and 1.2. */
function isTextEverywhere(text: string): boolean {
  const scalar = { kind: 'scalar', text, style: 'plain' } as const;
  return resolve(scalar, 'go-yaml-v3').kind === 'string' && resolve(scalar, 'kustomization').kind === 'string';
}

/** A finite number as go-yaml writes it: Go's verb `g` in the shortest form, so 1e+06 for a million. */
export function formatFloat(value: number): string {
  if (Object.is(value, -0)) return '-0';
  const [digits = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
