import { type FilePath } from '../../model/file-path';
import { type Path } from '../../model/json';

/**
 * Why kustomize would refuse to build, as a value: functions of the engine return `T | EngineFault` and throw nothing.
 * The code is ours, one per meaning, in kebab case and listed nowhere else (`patch-target-missing`).
 */
export interface EngineFault {
  /** Tells a fault from a {@link Node} and from an {@link EngineResource}. */
  readonly kind: 'fault';
  readonly code: string;
  /** One or two short sentences for the user, with the exact names. */
  readonly message: string;
  /** The file to edit. */
  readonly file: FilePath;
  /** Index of the document in that file. */
  readonly document: number;
  /** From the document's root to the value at fault; empty for the document as a whole. */
  readonly path: Path;
  /** UTF-16 offset in the file's text, where a path cannot say it (syntax). */
  readonly offset?: number;
}

export function isFault(value: unknown): value is EngineFault {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'fault';
}

/** A fault at a value of a document of a file. */
export function faultAt(
  place: { readonly file: FilePath; readonly document?: number; readonly path?: Path },
  code: string,
  message: string,
): EngineFault {
  return { kind: 'fault', code, message, file: place.file, document: place.document ?? 0, path: place.path ?? [] };
}
