import { finish, pauseEvery, type Steps } from '../model/steps';

// With 256 buckets a change among 20,000 entries copies about 80 of them.
const bucketCount = 256;

function bucketOf(key: string): number {
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = (hash * 31 + key.charCodeAt(i)) | 0;
  return hash & (bucketCount - 1);
}

/** An immutable map keyed by text: a change makes a new map that shares all but one bucket with the old one. */
export class BucketMap<T> {
  readonly #buckets: readonly (ReadonlyMap<string, T> | undefined)[];
  readonly size: number;

  private constructor(buckets: readonly (ReadonlyMap<string, T> | undefined)[], size: number) {
    this.#buckets = buckets;
    this.size = size;
  }

  static of<T>(entries: Iterable<readonly [string, T]> = []): BucketMap<T> {
    return new BucketMap<T>(new Array<undefined>(bucketCount).fill(undefined), 0).with(entries);
  }

  get(key: string): T | undefined {
    return this.#buckets[bucketOf(key)]?.get(key);
  }

  has(key: string): boolean {
    return this.#buckets[bucketOf(key)]?.has(key) === true;
  }

  /** A map with these changes; an undefined value removes the key. Returns itself when nothing is given. */
  with(changes: Iterable<readonly [string, T | undefined]>): BucketMap<T> {
    return finish(this.withInSteps(changes));
  }

  /** {@link with}, with pauses. */
  *withInSteps(changes: Iterable<readonly [string, T | undefined]>): Steps<BucketMap<T>> {
    let count = 0;
    let buckets: (ReadonlyMap<string, T> | undefined)[] | undefined;
    const own = new Map<number, Map<string, T>>();
    let { size } = this;
    for (const [key, value] of changes) {
      buckets ??= [...this.#buckets];
      const index = bucketOf(key);
      let bucket = own.get(index);
      if (bucket === undefined) {
        bucket = new Map(buckets[index]);
        own.set(index, bucket);
        buckets[index] = bucket;
      }
      size -= bucket.size;
      if (value === undefined) bucket.delete(key);
      else bucket.set(key, value);
      size += bucket.size;
      if (++count % pauseEvery === 0) yield;
    }
    return buckets === undefined ? this : new BucketMap(buckets, size);
  }

  *keys(): IterableIterator<string> {
    for (const bucket of this.#buckets) if (bucket !== undefined) yield* bucket.keys();
  }

  *entries(): IterableIterator<[string, T]> {
    for (const bucket of this.#buckets) if (bucket !== undefined) yield* bucket.entries();
  }
}
