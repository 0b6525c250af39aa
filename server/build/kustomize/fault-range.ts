import { type Range } from '../../model/text';
import { keyNodeAt, nodeAt } from '../../yaml/locate';
import { fileRangeOf, positionAt } from '../../yaml/position';
import { openFile } from '../../yaml/file';
import { type EngineFault } from './fault';
import { type EngineFiles } from './load/files';

/**
 * The range of a fault in its file: the value at its path, else the nearest one above that is written, else the start of
 * its document. undefined for a fault about a folder.
 */
export function rangeOfFault(files: EngineFiles, fault: EngineFault): Range | undefined {
  if (files.stat(fault.file) !== 'file') return undefined;
  const read = files.read(fault.file);
  if (read.kind !== 'text' && read.kind !== 'invalid-utf8') return undefined;
  const file = files.open?.(fault.file, read.text) ?? openFile(fault.file, read.text, 0);
  if (fault.offset !== undefined) {
    const start = positionAt(file, fault.offset);
    return { start, end: start };
  }
  const placed = file.documents[fault.document] ?? file.documents[0];
  if (placed === undefined) return undefined;
  for (let length = fault.path.length; length >= 0; length--) {
    const path = fault.path.slice(0, length);
    const node = nodeAt(placed.document, path) ?? keyNodeAt(placed.document, path);
    if (node === undefined) continue;
    // A whole map or list would mark everything below it.
    const isWhole = node.kind === 'map' || node.kind === 'sequence';
    const key = isWhole ? keyNodeAt(placed.document, path) : undefined;
    const { start, end } = key ?? node;
    return fileRangeOf(placed, { start, end: isWhole && key === undefined ? start : end });
  }
  return { start: { line: placed.line, character: 0 }, end: { line: placed.line, character: 0 } };
}
