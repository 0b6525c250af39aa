import { type JsonObject, type JsonValue } from '../../../server/model/json';
import { type DocumentEdit } from '../../../server/yaml/edit';
import { done, type Outcome, refused, type SecretsFault, type ValueAddress } from '../fault';
import { boolValue, fitsInt, floatValue, intValue, type PlainValue, textOf, textValue } from '../values/plain-value';
import { type TreeMap, type TreeNode } from '../values/tree';
import { addMember, removeMember, renameMember } from './json-edits';
import { JsonFault, type JsonMember, type JsonNode, readJson } from './json-reader';
import { type JsonLayout, writeJson } from './json-text';
import { type StoreFile } from './store';

const stanzaKey = 'sops';

/** A value as JSON text. */
export function jsonTextOf(value: PlainValue): string {
  const text = textOf(value);
  if (value.type === 'bool') return text.toLowerCase();
  return value.type === 'int' || (value.type === 'float' && /\d$/.test(text)) ? text : JSON.stringify(text);
}

/** Reads a JSON file (getsops/sops stores/json): one object. */
export function readJsonStore(text: string): Outcome<StoreFile> {
  try {
    const root = readJson(text);
    if (root.kind !== 'object') return refused({ kind: 'unsupported', reason: 'its outermost value is not an object' });
    return done(new JsonFile(text, root));
  } catch (error) {
    return refused(faultOf(error, text));
  }
}

function faultOf(error: unknown, text: string): SecretsFault {
  if (!(error instanceof JsonFault)) throw error;
  const line = text.slice(0, error.offset).split('\n').length;
  return { kind: 'unreadable', reason: error.reason, line };
}

class JsonFile implements StoreFile {
  readonly format = 'json';
  readonly documents: StoreFile['documents'];
  private readonly stanza: JsonMember | undefined;

  constructor(
    readonly text: string,
    private readonly root: JsonNode & { readonly kind: 'object' },
  ) {
    this.stanza = root.members.find(({ key }) => key === stanzaKey);
    const stanza = this.stanza === undefined ? undefined : valueOfNode(this.stanza.value);
    this.documents = [{ root: treeOf(root, true), stanza }];
  }

  patchStanza(fields: ReadonlyMap<string, string>): readonly DocumentEdit[] {
    const stanza = this.stanza?.value;
    if (stanza?.kind !== 'object') return [];
    return stanza.members.flatMap(({ key, value: { start, end } }) => {
      const text = fields.get(key);
      return text === undefined ? [] : [{ span: { start, end }, newText: JSON.stringify(text) }];
    });
  }

  writeStanza(stanza: JsonObject, indent: number | undefined): readonly DocumentEdit[] {
    const layout = indent === undefined ? this.layout() : indent < 0 ? '\t' : ' '.repeat(indent);
    const written = writeJson(stanza, layout, 1);
    if (this.stanza === undefined) return addMember(this.text, this.root, stanzaKey, written);
    const { start, end } = this.stanza.value;
    return [{ span: { start, end }, newText: written }];
  }

  addEntry({ steps }: ValueAddress, value: PlainValue): readonly DocumentEdit[] | undefined {
    const parent = this.nodeAt(steps.slice(0, -1));
    const step = steps.at(-1);
    if (parent?.kind === 'array' && step === parent.items.length) {
      return addMember(this.text, parent, undefined, jsonTextOf(value));
    }
    if (parent?.kind !== 'object' || typeof step !== 'string') return undefined;
    return addMember(this.text, parent, step, jsonTextOf(value), parent === this.root ? this.stanza : undefined);
  }

  removeEntry({ steps }: ValueAddress): readonly DocumentEdit[] | undefined {
    const parent = this.nodeAt(steps.slice(0, -1));
    const step = steps.at(-1);
    return parent === undefined || step === undefined ? undefined : removeMember(parent, step);
  }

  renameEntry({ steps }: ValueAddress, key: string): readonly DocumentEdit[] | undefined {
    const parent = this.nodeAt(steps.slice(0, -1));
    return parent?.kind === 'object' ? renameMember(parent, steps.at(-1), key) : undefined;
  }

  private nodeAt(steps: ValueAddress['steps']): JsonNode | undefined {
    let here: JsonNode | undefined = this.root;
    for (const step of steps) {
      if (typeof step === 'number') here = here?.kind === 'array' ? here.items[step] : undefined;
      else here = here?.kind === 'object' ? here.members.find(({ key }) => key === step)?.value : undefined;
    }
    return here;
  }

  /** Tab is what SOPS writes when nothing else is asked for. */
  private layout(): JsonLayout {
    const first = this.root.members[0];
    if (first === undefined) return '\t';
    return /\n([ \t]*)$/.exec(this.text.slice(this.root.start, first.keySpan.start))?.[1];
  }
}

function treeOf(node: JsonNode & { readonly kind: 'object' }, isRoot: boolean): TreeMap;
function treeOf(node: JsonNode, isRoot: boolean): TreeNode;
function treeOf(node: JsonNode, isRoot: boolean): TreeNode {
  if (node.kind === 'null') return { kind: 'null' };
  if (node.kind === 'array') return { kind: 'list', items: node.items.map((item) => treeOf(item, false)) };
  if (node.kind === 'object') {
    const members = isRoot ? node.members.filter(({ key }) => key !== stanzaKey) : node.members;
    return {
      kind: 'map',
      items: members.map(({ key, value }) => ({ kind: 'entry', key, value: treeOf(value, false) })),
    };
  }
  const span = { start: node.start, end: node.end };
  return { kind: 'leaf', value: plainOf(node), write: (value) => [{ span, newText: jsonTextOf(value) }] };
}

function plainOf(node: JsonNode): PlainValue {
  if (node.kind === 'string') return textValue(node.text);
  if (node.kind !== 'number') return boolValue(node.kind === 'true');
  // Whole numbers beyond 64 bits become floating ones, as in SOPS since 3.12.
  if (/^-?\d{1,20}$/.test(node.text) && fitsInt(BigInt(node.text))) return intValue(BigInt(node.text));
  return floatValue(Number(node.text));
}

function valueOfNode(node: JsonNode): JsonValue {
  switch (node.kind) {
    case 'object':
      return new Map(node.members.map(({ key, value }) => [key, valueOfNode(value)] as const));
    case 'array':
      return node.items.map(valueOfNode);
    case 'string':
      return node.text;
    case 'number':
      return Number(node.text);
    default:
      return node.kind === 'null' ? null : node.kind === 'true';
  }
}
