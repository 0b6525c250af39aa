import { type FilePath } from '../../model/file-path';
import { type Path } from '../../model/json';
import { type Range } from '../../model/text';
import { keyNodeAt, nodeAt } from '../../yaml/locate';
import { fileRangeOf } from '../../yaml/position';
import { type EngineFiles, openText } from './load/files';
import { type Origin, type Origins } from './origin';

/** One step in the life of a value: where it was written, or what put it there later. */
export type OriginStep =
  | { readonly kind: 'written'; readonly file: FilePath; readonly document: number; readonly offset: number }
  | {
      readonly kind: 'caused';
      /** The field of the kustomization, or the kind of the plug-in. */
      readonly field: string;
      readonly file: FilePath;
      readonly document: number;
      readonly path: Path;
    };

/** What made a value what it is, the last step first: that is the place to edit. Empty for an origin of no build. */
export function traceOrigin(origins: Origins, origin: Origin): readonly OriginStep[] {
  const steps: OriginStep[] = [];
  for (let here: Origin | undefined = origin; here !== undefined;) {
    const cause = origins.causeOf(here);
    if (cause === undefined) {
      const place = origins.placeOf(here);
      if (place !== undefined) steps.push({ kind: 'written', ...place });
      return steps;
    }
    const { field, file, document, path, previous } = cause;
    steps.push({ kind: 'caused', field, file, document, path });
    here = previous;
  }
  return steps;
}

/** The range of a step in its file, found by reading it again; undefined when the file is not what it was. */
export function rangeOfStep(files: EngineFiles, step: OriginStep): Range | undefined {
  const read = files.read(step.file);
  if (read.kind !== 'text' && read.kind !== 'invalid-utf8') return undefined;
  const placed = openText(files, step.file, read.text).documents[step.document];
  if (placed === undefined) return undefined;
  if (step.kind === 'written') {
    if (step.offset > placed.document.text.length) return undefined;
    return fileRangeOf(placed, { start: step.offset, end: step.offset });
  }
  // What a transformer says in general, and fields in an old spelling, stand above the end of the path.
  for (let length = step.path.length; length >= 0; length--) {
    const path = step.path.slice(0, length);
    const node = nodeAt(placed.document, path) ?? keyNodeAt(placed.document, path);
    if (node !== undefined) return fileRangeOf(placed, node);
  }
  return undefined;
}
