import { type FilePath } from '../../model/file-path';
import { type Path } from '../../model/json';

/** What put a value there, other than an input document as it stands. */
export interface Cause {
  /** The field of the kustomization that did it: `namespace`, `patches`, `images`, `configMapGenerator` … */
  readonly field: string;
  /** Where that field stands. */
  readonly file: FilePath;
  readonly document: number;
  readonly path: Path;
  /** What stood there before. */
  readonly previous: Origin | undefined;
}

/**
 * Where a value comes from. A number is a place in an input document: its number in {@link Origins} times 2^24 plus the
 * UTF-16 offset of the value in the document's text. A cause is kept by the values that it made and by nothing else, so
 * that values of earlier builds can be used again without a table that grows with every edit.
 */
export type Origin = number | Cause;

const offsets = 2 ** 24;

/** A place in an input document. */
export interface OriginPlace {
  readonly file: FilePath;
  readonly document: number;
  readonly offset: number;
}

/** The input documents of one build, or of all builds that share values. Only ever grows. */
export class Origins {
  readonly #documents: { readonly file: FilePath; readonly document: number }[] = [];

  /** Registers an input document; the origin of the value at `offset` of its text is the result plus that offset. */
  addDocument(file: FilePath, document: number): number {
    this.#documents.push({ file, document });
    return (this.#documents.length - 1) * offsets;
  }

  /** undefined for a value that a transformer made. */
  placeOf(origin: Origin): OriginPlace | undefined {
    if (typeof origin !== 'number') return undefined;
    const found = this.#documents[Math.floor(origin / offsets)];
    return found && { file: found.file, document: found.document, offset: origin % offsets };
  }

  /** undefined for a value that stands in an input document. */
  causeOf(origin: Origin): Cause | undefined {
    return typeof origin === 'number' ? undefined : origin;
  }
}
