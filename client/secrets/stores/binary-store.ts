import { done, type Outcome, refused } from '../fault';
import { type TreeLeaf } from '../values/tree';
import { readJsonStore } from './json-store';
import { longestText, type StoreFile } from './store';

/** The one key under which SOPS keeps a binary file (getsops/sops stores/json, BinaryStore). */
export const binaryKey = 'data';

/** A binary file in the JSON envelope in which it is encrypted; its bytes need not be text. */
export function binaryEnvelope(bytes: Uint8Array, indent = -1): Outcome<StoreFile> {
  if (bytes.length > longestText) {
    return refused({ kind: 'too-large', reason: 'it has more than 5 MiB, which Flux does not take either' });
  }
  const layout = indent < 0 ? '\t' : ' '.repeat(indent);
  const envelope = readJsonStore(`{\n${layout}"${binaryKey}": ""\n}\n`);
  if (!envelope.ok) return envelope;
  const [document] = envelope.value.documents;
  const [item] = document?.root.items ?? [];
  if (item?.kind !== 'entry' || item.value.kind !== 'leaf') return refused({ kind: 'not-verified' });
  const leaf: TreeLeaf = { ...item.value, value: { type: 'str', bytes } };
  const root = { kind: 'map', items: [{ ...item, value: leaf }] } as const;
  const file = envelope.value;
  return done({
    format: 'binary',
    text: file.text,
    documents: [{ root, stanza: undefined }],
    patchStanza: (fields) => file.patchStanza(fields),
    writeStanza: (stanza, columns) => file.writeStanza(stanza, columns),
    addEntry: () => undefined,
    removeEntry: () => undefined,
    renameEntry: () => undefined,
  });
}
