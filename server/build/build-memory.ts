import { type FilePath } from '../model/file-path';
import { type InputRole } from './build';
import { type FileFacts } from './facts';
import { Origins } from './kustomize/origin';

/** What a part of a build asked of its files, but for what the parts below it asked. Paths are the repository's. */
export class Reads {
  readonly inputs = new Map<FilePath, InputRole>();
  readonly unreadable = new Map<FilePath, NonNullable<FileFacts['unreadable']>>();
  readonly asked = new Set<FilePath>();
  readonly below: Reads[] = [];
  /** Something that was asked has another answer now. */
  isStale = false;

  /** True while every answer, those of the parts below included, is what it was. */
  get isCurrent(): boolean {
    return !this.isStale && this.below.every((reads) => reads.isCurrent);
  }
}

interface Kept {
  readonly key: string;
  readonly reads: Reads;
  readonly value: unknown;
  readonly at: number;
}

/**
 * Parts of earlier builds of one repository, each kept as long as the files that it asked for stay what they are. Whoever
 * knows of a change says so with `forget` before the next build; what is forgotten needlessly is made again, no more.
 */
export class BuildMemory {
  /** Shared by all builds, since they share values. */
  readonly origins = new Origins();
  readonly #parts = new Map<string, Kept>();
  readonly #askers = new Map<FilePath, Set<Kept>>();
  #time = 0;

  /** Grows with everything that is kept; what was kept before is at most as old. */
  get time(): number {
    return this.#time;
  }

  /** The part of a source's files, and the {@link time} it was kept at; undefined when it was never kept or is not current. */
  find(tree: string, name: string): Readonly<Kept> | undefined {
    const kept = this.#parts.get(keyOf(tree, name));
    if (kept === undefined || kept.reads.isCurrent) return kept;
    this.#drop(kept);
    return undefined;
  }

  keep(tree: string, name: string, reads: Reads, value: unknown): void {
    const key = keyOf(tree, name);
    const before = this.#parts.get(key);
    if (before !== undefined) this.#drop(before);
    const kept = { key, reads, value, at: ++this.#time };
    this.#parts.set(key, kept);
    for (const path of reads.asked) {
      const askers = this.#askers.get(path);
      if (askers === undefined) this.#askers.set(path, new Set([kept]));
      else askers.add(kept);
    }
  }

  /** Drops what asked for a file or a folder that changed, came or went. */
  forget(path: FilePath): void {
    for (const kept of this.#askers.get(path) ?? []) {
      kept.reads.isStale = true;
      this.#drop(kept);
    }
  }

  /** Drops the parts of the sources whose identity starts with a text; with an empty one all. */
  forgetTrees(start: string): void {
    for (const kept of this.#parts.values()) {
      if (!kept.key.startsWith(start)) continue;
      kept.reads.isStale = true;
      this.#drop(kept);
    }
  }

  #drop(kept: Kept): void {
    if (this.#parts.get(kept.key) === kept) this.#parts.delete(kept.key);
    for (const path of kept.reads.asked) {
      const askers = this.#askers.get(path);
      askers?.delete(kept);
      if (askers?.size === 0) this.#askers.delete(path);
    }
  }
}

const keyOf = (tree: string, name: string): string => `${tree}\n${name}`;
