/**
 * How messages between the extension and its pages are read. Both ends read what they get: a page shows names out of a
 * repository and out of a cluster, so neither end trusts the other to be what it was built as.
 */

/** Number every message carries; a page of another release, restored after an update, is told apart by it. */
export const pageProtocol = 1;

/** What came, or one sentence on why it was dropped, which holds nothing of its content. */
export type Reading<Message> = { readonly message: Message } | { readonly fault: string };

type Fields = Readonly<Record<string, unknown>>;

/** Puts the version into a message on its way out. */
export function versioned<Message extends { readonly type: string }>(
  message: Message,
): Message & { readonly version: number } {
  return { ...message, version: pageProtocol };
}

/** Thrown by the readers below and caught in `read` alone. */
export class Refusal extends Error {}

export function read<Message>(value: unknown, of: (fields: Fields) => Message): Reading<Message> {
  try {
    const fields = record(value);
    if (fields['version'] !== pageProtocol) return { fault: 'A message of another version of the page was dropped.' };
    return { message: of(fields) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { fault: `A message with a wrong ${error.message} was dropped.` };
  }
}

export function record(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('shape');
  return value as Fields;
}

export function text(value: unknown, longest: number): string {
  if (typeof value !== 'string' || value.length > longest) throw new Refusal('text');
  return value;
}

export function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new Refusal('word');
  return word;
}

export function list<Item>(value: unknown, longest: number, item: (value: unknown) => Item): Item[] {
  if (!Array.isArray(value) || value.length > longest) throw new Refusal('list');
  // Not `map`, which leaves the holes of an array as they are.
  return Array.from(value, (each: unknown) => item(each));
}

export function optional<Key extends string, Value>(
  key: Key,
  value: unknown,
  of: (value: unknown) => Value,
): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: of(value) } as { [K in Key]?: Value });
}

export function always(value: unknown): true {
  if (value !== true) throw new Refusal('flag');
  return true;
}

export function count(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Refusal('number');
  return value;
}
