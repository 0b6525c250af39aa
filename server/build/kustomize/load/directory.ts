import { type FilePath, isWithin, joinPath } from '../../../model/file-path';
import { faultAt, type EngineFault } from '../fault';
import { type Session } from '../session';
import { type NamePlace } from './read-file';
import { isRepositoryUrl } from './remote';

/** Folders deeper than this in each other end the build, links that contain themselves included. */
const deepest = 300;

/**
 * The folder that a name in `resources` or `components` stands for (api/internal/loader/fileloader.go, `New`). `above`:
 * the folders whose kustomizations led here, this one last; none of them may lie in the new one.
 */
export function enterDirectory(
  session: Session,
  above: readonly FilePath[],
  name: string,
  place: NamePlace,
): FilePath | EngineFault {
  const consequence = 'Flux cannot build this.';
  if (name === '') return faultAt(place, 'resource-empty', `An empty entry names nothing. ${consequence}`);
  if (isRepositoryUrl(name)) {
    const message = `${name} is a remote repository, which is not fetched here: what it adds is not known.`;
    return faultAt(place, 'resource-remote', message);
  }
  const directory = joinPath(above.at(-1) ?? '', name);
  if (directory === undefined) {
    const message = `${name} is outside the repository. ${consequence}`;
    return faultAt(place, 'file-outside-root', message);
  }
  if (session.files.stat(directory) !== 'directory') {
    session.inputs.add(directory);
    return faultAt(place, 'resource-missing', `${name} does not exist. ${consequence}`);
  }
  const real = session.files.resolve?.(directory) ?? directory;
  const visited = above.find((folder) => isWithin(folder, real));
  if (visited !== undefined) {
    const message = `${name} leads back to ${visited === '' ? 'the root' : visited}, which is being built already. ${consequence}`;
    return faultAt(place, 'resource-cycle', message);
  }
  if (above.length >= deepest) {
    const message = `Kustomizations lie more than ${String(deepest)} deep in each other here. ${consequence}`;
    return faultAt(place, 'resource-depth', message);
  }
  return real;
}
