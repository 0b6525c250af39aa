import { type StoreFormat } from '../../../server/sops/store-format';
import { readStoreFile } from '../../../client/secrets/stores/read-file';
import { binaryEnvelope } from '../../../client/secrets/stores/binary-store';
import { type StoreFile } from '../../../client/secrets/stores/store';
import { type PlainValue, textOf } from '../../../client/secrets/values/plain-value';
import { walk } from '../../../client/secrets/values/walk';

/**
 * The values of a plain file, each with the keys that lead to it, sorted. Positions in lists are left out: SOPS writes
 * encrypted comments of lists as items.
 */
export interface FileValues {
  readonly values: readonly string[];
  readonly comments: readonly string[];
}

/** A number is compared by its digits alone: 3.0 may come back as 3. */
export function comparable({ type, bytes }: PlainValue): string {
  const kind = type === 'int' || type === 'float' ? 'number' : type;
  return `${kind} ${Buffer.from(bytes).toString('hex')} ${textOf({ type, bytes })}`;
}

export const addressOf = (document: number, steps: readonly (string | number)[]): string =>
  JSON.stringify([document, ...steps]);

export const lineOf = (document: number, steps: readonly (string | number)[], value: string): string =>
  `${addressOf(
    document,
    steps.filter((step) => typeof step === 'string'),
  )} ${value}`;

/** undefined with the reason when the text is not read. */
export function valuesOf(content: string | Uint8Array, format: StoreFormat): FileValues | string {
  const file = openPlain(content, format);
  if (typeof file === 'string') return file;
  const values: string[] = [];
  const comments: string[] = [];
  for (const [index, { root }] of file.documents.entries()) {
    walk(root, ({ node, steps }) => {
      if (node.kind === 'comment') comments.push(node.text);
      else values.push(lineOf(index, steps, comparable(node.value)));
    });
  }
  return { values: values.sort(), comments: comments.sort() };
}

function openPlain(content: string | Uint8Array, format: StoreFormat): StoreFile | string {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const read = format === 'binary' ? binaryEnvelope(bytes) : readStoreFile(Buffer.from(bytes).toString('utf8'), format);
  return read.ok ? read.value : JSON.stringify(read.fault);
}
