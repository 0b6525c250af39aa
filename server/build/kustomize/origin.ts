import { type FilePath } from '../../model/file-path';
import { type Path } from '../../model/json';

/**
 * Where a value comes from, in one number. Zero or more: a place in an input document, number of the document times
 * 2^24 plus the UTF-16 offset of the value in the document's text. Below zero: an entry of {@link Origins}.
 */
export type Origin = number;

const offsets = 2 ** 24;

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

/** A place in an input document. */
export interface OriginPlace {
  readonly file: FilePath;
  readonly document: number;
  readonly offset: number;
}

/** The origins of one build. Grows while the build runs; read-only afterwards. */
export class Origins {
  readonly #documents: { readonly file: FilePath; readonly document: number }[] = [];
  readonly #causes: Cause[] = [];

  /** Registers an input document; the origin of the value at `offset` of its text is the result plus that offset. */
  addDocument(file: FilePath, document: number): Origin {
    this.#documents.push({ file, document });
    return (this.#documents.length - 1) * offsets;
  }

  /** Registers a cause; equal ones should be registered once by their transformer and shared by all values it sets. */
  addCause(cause: Cause): Origin {
    this.#causes.push(cause);
    return -this.#causes.length;
  }

  /** undefined for a value that a transformer made. */
  placeOf(origin: Origin): OriginPlace | undefined {
    if (origin < 0) return undefined;
    const document = this.#documents[Math.floor(origin / offsets)];
    return document && { ...document, offset: origin % offsets };
  }

  causeOf(origin: Origin): Cause | undefined {
    return origin < 0 ? this.#causes[-origin - 1] : undefined;
  }
}
