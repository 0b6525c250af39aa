import { type FilePath, joinPath } from '../../../model/file-path';
import { type Path } from '../../../model/json';
import { type FileContent } from '../context';
import { faultAt, type EngineFault } from '../fault';
import { type Session } from '../session';
import { isHttpUrl } from './remote';

/** Where a name stands that is looked up. */
export interface NamePlace {
  readonly file: FilePath;
  readonly document: number;
  readonly path: Path;
}

const consequence = 'Flux cannot build this.';

/** A file named in a kustomization, with its content; a fault at the place of the name when it cannot be read. */
export function readNamedFile(
  session: Session,
  directory: FilePath,
  name: string,
  place: NamePlace,
): FileContent | EngineFault {
  if (isHttpUrl(name)) {
    return faultAt(place, 'resource-remote', `${name} is not in this repository and is not downloaded here.`);
  }
  const file = joinPath(directory, name);
  if (file === undefined) {
    return faultAt(place, 'file-outside-root', `${name} is outside the repository. ${consequence}`);
  }
  session.inputs.add(file);
  const read = session.files.read(file);
  switch (read.kind) {
    case 'text':
      return { file, text: read.text, bytes: undefined };
    case 'invalid-utf8':
      return { file, text: read.text, bytes: read.bytes ?? new Uint8Array() };
    case 'missing': {
      const what = session.files.stat(file) === 'directory' ? 'is a folder, not a file' : 'does not exist';
      return faultAt(place, 'file-missing', `${name === '' ? 'The empty name' : name} ${what}. ${consequence}`);
    }
    case 'too-large':
      return tooLarge(place, name, read.bytes);
    case 'unreadable':
      return faultAt(place, 'file-unreadable', `${name} cannot be read: ${read.reason} ${consequence}`);
  }
}

/** The fault of a file that is not taken in because of its size. */
export const tooLarge = (place: NamePlace, name: string, bytes: number): EngineFault =>
  faultAt(place, 'file-too-large', `${name} has ${String(bytes)} bytes, more than is read here.`);
