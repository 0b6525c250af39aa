import { applyEdits, type DocumentEdit } from '../../../server/yaml/edit';
import { done, type Outcome, refused, type ValueAddress } from '../fault';
import { readStoreFile } from '../stores/read-file';
import { type StoreFile } from '../stores/store';
import { equalPlain, type PlainValue } from '../values/plain-value';
import { type TreeLeaf, type TreeNode } from '../values/tree';
import { additionalDataOf, encryptBytes } from '../values/value-cipher';
import { walk } from '../values/walk';
import { knownValuesOf, type KnownValues } from './known-values';
import { type OpenedFile } from './opened-file';
import { finished } from './finished';
import { seal } from './seal';

/** One change to an opened file. Later ones are told by the addresses that earlier ones leave. */
export type Change =
  | { readonly kind: 'set'; readonly at: ValueAddress; readonly value: PlainValue }
  /** The last step is a new key, or the length of a list. */
  | { readonly kind: 'add'; readonly at: ValueAddress; readonly value: PlainValue }
  | { readonly kind: 'remove'; readonly at: ValueAddress }
  | { readonly kind: 'rename'; readonly at: ValueAddress; readonly key: string };

/**
 * The text with changes, encrypted: only the values that change, what stands below a renamed key, `lastmodified` and `mac` differ
 * from before. The result is read back and verified before it is given; the opened file is not changed.
 * @param now RFC 3339 in UTC, in whole seconds
 * @param mayExpose lets values that were encrypted become clear, where a new key or the comment above wants it so; without it
 *   that is refused
 */
export function saveChanges(
  opened: OpenedFile,
  changes: readonly Change[],
  now: string,
  mayExpose = false,
): Outcome<OpenedFile> {
  if (!opened.isVerified) return refused({ kind: 'wrong-mac' });
  const known = knownValuesOf(opened.tree);
  let { file } = opened;
  for (const change of changes) {
    const edits = editsOf(file, change, known, opened.dataKey);
    if (!edits.ok) return edits;
    const next = readStoreFile(applyEdits(file.text, edits.value), opened.format);
    if (!next.ok) return refused({ kind: 'not-editable', at: change.at });
    file = next.value;
  }
  return finish(file, opened, known, now, mayExpose);
}

function editsOf(
  file: StoreFile,
  change: Change,
  known: KnownValues,
  dataKey: Uint8Array,
): Outcome<readonly DocumentEdit[]> {
  const { at } = change;
  const isThere = hasEntry(file, at);
  if (change.kind === 'add' ? isThere : !isThere) {
    return refused({ kind: change.kind === 'add' ? 'key-exists' : 'missing-key', at });
  }
  const checked = (edits: readonly DocumentEdit[] | undefined): Outcome<readonly DocumentEdit[]> =>
    edits === undefined ? refused({ kind: 'not-editable', at }) : done(edits);
  if (change.kind === 'remove') return checked(file.removeEntry(at));
  if (change.kind === 'rename') {
    const sibling = { document: at.document, steps: [...at.steps.slice(0, -1), change.key] };
    return hasEntry(file, sibling)
      ? refused({ kind: 'key-exists', at: sibling })
      : checked(file.renameEntry(at, change.key));
  }
  const sealed = sealFirst(change.value, at, known, dataKey);
  if (change.kind === 'add') return checked(file.addEntry(at, sealed));
  const leaf = leafAt(file, at);
  if (leaf === undefined) return refused({ kind: 'not-editable', at });
  const old = known.get(Buffer.from(leaf.value.bytes).toString('utf8'));
  const current =
    leaf.value.type === 'str' && old !== undefined && old.type !== 'comment'
      ? { type: old.type, bytes: old.bytes }
      : leaf.value;
  return done(equalPlain(current, change.value) ? [] : leaf.write(sealed));
}

/**
 * A new value goes into the text as ciphertext at once; whether the rule wants it so is seen when all is in place. The empty
 * text has no ciphertext.
 */
function sealFirst(value: PlainValue, { steps }: ValueAddress, known: KnownValues, dataKey: Uint8Array): PlainValue {
  if (value.bytes.length === 0) return value;
  const keys = steps.filter((step) => typeof step === 'string');
  const ciphertext = encryptBytes(value.bytes, value.type, dataKey, additionalDataOf(keys));
  known.set(ciphertext, { ...value, keys, isNew: true });
  return { type: 'str', bytes: Buffer.from(ciphertext, 'utf8') };
}

/** Seals what changed, writes the checksum, and reads the result back. */
function finish(
  file: StoreFile,
  opened: OpenedFile,
  known: KnownValues,
  now: string,
  mayExpose: boolean,
): Outcome<OpenedFile> {
  const { dataKey, selector, metadata, format } = opened;
  const sealed = seal(file, {
    selector,
    dataKey,
    isMacOnlyEncrypted: metadata.isMacOnlyEncrypted,
    known,
    keepsCiphertext: true,
    sealsComments: false,
    mayExpose,
  });
  if (!sealed.ok) return sealed;
  return finished(sealed.value, { format, dataKey, now }, (body, fields) => body.patchStanza(fields));
}

function leafAt(file: StoreFile, { document, steps }: ValueAddress): TreeLeaf | undefined {
  let found: TreeLeaf | undefined;
  const root = file.documents[document]?.root;
  if (root === undefined) return undefined;
  walk(root, (visit) => {
    if (visit.node.kind === 'leaf' && samePath(visit.steps, steps)) found ??= visit.node;
  });
  return found;
}

const samePath = (a: ValueAddress['steps'], b: ValueAddress['steps']): boolean =>
  a.length === b.length && a.every((step, index) => step === b[index]);

/** True when a value, map, list or null stands at an address. */
function hasEntry(file: StoreFile, { document, steps }: ValueAddress): boolean {
  let here: TreeNode | undefined = file.documents[document]?.root;
  for (const step of steps) here = here && childOf(here, step);
  return here !== undefined && steps.length > 0;
}

function childOf(node: TreeNode, step: string | number): TreeNode | undefined {
  if (node.kind === 'map') {
    for (const item of node.items) if (item.kind === 'entry' && item.key === step) return item.value;
  } else if (node.kind === 'list' && typeof step === 'number') {
    const item = node.items.filter(({ kind }) => kind !== 'comment')[step];
    return item?.kind === 'comment' ? undefined : item;
  }
  return undefined;
}
