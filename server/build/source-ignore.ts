import type * as IgnorePackage from 'ignore';
import { baseName, directoryOf, type FilePath, isWithin, relativePath } from '../model/file-path';

/** What shapes an artifact besides the files themselves. */
export interface IgnoreInputs {
  /** Texts of the `.sourceignore` files by the folder they lie in, outermost first. */
  readonly files: readonly { readonly directory: FilePath; readonly text: string }[];
  /** `spec.ignore` of the source. */
  readonly spec: string | undefined;
  /** `spec.sparseCheckout` of the source; undefined: everything is checked out. */
  readonly sparse: readonly FilePath[] | undefined;
}

const versionControl = new Set(['.gitignore', '.gitmodules', '.gitattributes']);
const defaultEndings = ['.jpg', '.jpeg', '.gif', '.png', '.wmv', '.flv', '.tar.gz', '.zip'];
const defaultFolders = new Set(['.github', '.circleci']);
const defaultNames = new Set([
  '.travis.yml',
  '.gitlab-ci.yml',
  'appveyor.yml',
  '.drone.yml',
  'cloudbuild.yaml',
  'codeship-services.yml',
  'codeship-steps.yml',
  '.goreleaser.yml',
  '.sops.yaml',
  '.flux.yaml',
]);

/** Left out where no pattern is given at all (fluxcd/pkg sourceignore: ExcludeExt, ExcludeCI, ExcludeExtra). */
function isLeftOutByDefault(path: FilePath): boolean {
  const name = baseName(path);
  if (defaultNames.has(name) || defaultEndings.some((ending) => name.endsWith(ending))) return true;
  return path.split('/').some((part) => defaultFolders.has(part));
}

const hasPattern = (text: string): boolean => /^[ \t]*[^#\s]/m.test(text);

interface Layer {
  readonly directory: FilePath;
  readonly patterns: IgnorePackage.Ignore;
}

/**
 * Which files a source leaves out of its artifact, paths inside the artifact (fluxcd/pkg sourceignore): any pattern
 * drops the defaults, deeper files and then `spec.ignore` have the last word.
 */
export function readIgnore({ files, spec, sparse }: IgnoreInputs): (path: FilePath) => boolean {
  const texts = [...files, ...(spec === undefined ? [] : [{ directory: '', text: spec }])].filter(({ text }) =>
    hasPattern(text),
  );
  const layers = texts.map(({ directory, text }): Layer => ({ directory, patterns: compile(text) })).reverse();
  return (path) => {
    if (path === '') return false;
    if (versionControl.has(baseName(path))) return true;
    if (sparse !== undefined && !isCheckedOut(path, sparse)) return true;
    if (layers.length === 0) return isLeftOutByDefault(path);
    for (const { directory, patterns } of layers) {
      if (path === directory || !isWithin(path, directory)) continue;
      const { ignored, unignored } = patterns.test(relativePath(directory, path));
      if (ignored || unignored) return ignored;
    }
    return false;
  };
}

/** Files at the top and those below a named folder are there. */
function isCheckedOut(path: FilePath, folders: readonly FilePath[]): boolean {
  return directoryOf(path) === '' || folders.some((folder) => isWithin(path, folder) || isWithin(folder, path));
}

function compile(text: string): IgnorePackage.Ignore {
  // A call and not an import statement: most repositories have no ignore file.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const loaded = require('ignore') as { default?: typeof IgnorePackage.default } & typeof IgnorePackage.default;
  const ignore = loaded.default ?? loaded;
  return ignore({ allowRelativePaths: true, ignorecase: false }).add(text);
}
