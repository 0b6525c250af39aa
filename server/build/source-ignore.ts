import { directoryOf, type FilePath, isWithin } from '../model/file-path';
import { createIgnored, readPatterns } from './ignore-pattern';

/** What shapes an artifact besides the files themselves. */
export interface IgnoreInputs {
  /** Texts of the `.sourceignore` files by the folder they lie in, outermost first. */
  readonly files: readonly { readonly directory: FilePath; readonly text: string }[];
  /** `spec.ignore` of the source. */
  readonly spec: string | undefined;
  /** `spec.sparseCheckout` of the source; undefined: everything is checked out. */
  readonly sparse: readonly FilePath[] | undefined;
}

/** Of lowest rank; a pattern of the repository can take them in again. */
const versionControl = readPatterns('.git/\n.gitignore\n.gitmodules\n.gitattributes', []);

/** Left out where no pattern is given at all (fluxcd/pkg sourceignore: ExcludeExt, ExcludeCI, ExcludeExtra). */
const defaults = readPatterns(
  [
    ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
    ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml', 'cloudbuild.yaml'],
    ...['codeship-services.yml', 'codeship-steps.yml', '**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
  ].join('\n'),
  [],
);

/**
 * Which files a source leaves out of its artifact, paths inside the artifact (source-controller, SourceIgnoreFilter): any
 * pattern drops the defaults, files of deeper folders come after those above, and `spec.ignore` has the last word.
 */
export function readIgnore({ files, spec, sparse }: IgnoreInputs): (path: FilePath) => boolean {
  const own = files.flatMap(({ directory, text }) => readPatterns(text, directory === '' ? [] : directory.split('/')));
  if (spec !== undefined) own.push(...readPatterns(spec, []));
  const isIgnored = createIgnored([...versionControl, ...(own.length > 0 ? own : defaults)]);
  // A build asks for each file several times.
  const known = new Map<FilePath, boolean>();
  return (path) => {
    let isLeftOut = known.get(path);
    if (isLeftOut === undefined) {
      const isAbsent = path !== '' && sparse !== undefined && !isCheckedOut(path, sparse);
      isLeftOut = isAbsent || (path !== '' && isIgnored(path.split('/')));
      known.set(path, isLeftOut);
    }
    return isLeftOut;
  };
}

/** Files at the top and those below a named folder are there. */
function isCheckedOut(path: FilePath, folders: readonly FilePath[]): boolean {
  return directoryOf(path) === '' || folders.some((folder) => isWithin(path, folder) || isWithin(folder, path));
}
