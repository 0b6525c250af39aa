// Everything heavy hangs on this file, which is loaded after `initialize` was answered.
import { createNodeFiles } from '../host/node-files';
import { createNodeGit } from '../host/node-git';
import { ignoresCase, rootOfFolder } from '../host/root';
import { baseName, type FilePath } from '../model/file-path';
import { type Files, type Git } from '../model/ports';
import { absolutePathOf, createRootUris, type PathFlavour, uriOfAbsolute } from '../model/uri';
import { rules } from '../rules/index';
import { createJudge } from '../rules/judge';
import { loadKubernetes } from '../validation/kubernetes';
import { createSchemas } from '../workspace/schemas';
import { createWorkspace, type Workspace } from '../workspace/workspace';
import { type Root } from './root';
import { createSession, type Session, type SessionOptions } from './session';

export interface AnalysisOptions extends Omit<SessionOptions, 'openRoot' | 'openOutside'> {
  /** Text of a file that was built beside the program (`schemas/kubernetes.json`); undefined when it is not there. */
  readonly bundledText: (name: string) => string | undefined;
  /** False in workspaces that are not trusted. */
  readonly runsPrograms: boolean;
}

/** Joins the parts: what the protocol side needs to know of the core ends here. */
export function startSession(options: AnalysisOptions): Session {
  const { clock, log, bundledText, runsPrograms } = options;
  const hasKubernetes = bundledText('schemas/kubernetes.json') !== undefined;
  const kubernetes = hasKubernetes
    ? loadKubernetes(
        () => bundledText('schemas/kubernetes.json') ?? '',
        () => bundledText('schemas/kubernetes-docs.json') ?? '{}',
      )
    : undefined;
  const analyse = (
    files: Files,
    git: Git,
  ): Pick<Root, 'workspace' | 'judge' | 'files' | 'schemas' | 'describeKinds'> => {
    const workspace: Workspace = createWorkspace({ files, git, clock, log });
    const schemas = createSchemas(() => kubernetes);
    return {
      workspace,
      judge: createJudge(rules, schemas, log),
      files,
      schemas,
      describeKinds: () => kubernetes?.describe(),
    };
  };
  const openRoot = (folderUri: string): Root => {
    const opened = absolutePathOf(folderUri, flavour);
    if (opened === undefined) return { ...openOutside(), uri: folderUri };
    const folder = rootOfFolder(opened, runsPrograms);
    const files = createNodeFiles(folder);
    const rootUri = folder === opened ? folderUri : uriOfAbsolute(folder, flavour);
    const uris = createRootUris(rootUri, ignoresCase(folder) ? { spelling: files } : {});
    return {
      ...analyse(files, createNodeGit(folder, clock, { runsPrograms })),
      uri: uris.uri,
      links: true,
      pathOf: (uri) => uris.pathOf(uri),
      uriOf: (path) => uris.uriOf(path),
    };
  };
  const openOutside = (): Root => {
    const paths = new Map<string, FilePath>();
    const uris = new Map<FilePath, string>();
    return {
      ...analyse(noFiles, noGit),
      uri: '',
      links: false,
      // The name decides what a document is (`kustomization.yaml`), the number in front keeps equal names apart.
      pathOf: (uri) => {
        const path = paths.get(uri) ?? `${paths.size}/${nameIn(uri)}`;
        paths.set(uri, path);
        uris.set(path, uri);
        return path;
      },
      uriOf: (path) => uris.get(path) ?? path,
    };
  };
  return createSession({ ...options, openRoot, openOutside });
}

const flavour: PathFlavour = process.platform === 'win32' ? 'windows' : 'posix';

const nameIn = (uri: string): string => {
  const name = baseName(uri.replace(/[?#].*$/, '')).replace(/^.*:/, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

const noFiles: Files = {
  walk: () => [],
  list: () => [],
  stat: () => 'missing',
  stamp: () => undefined,
  read: () => ({ kind: 'missing' }),
};

const noGit: Git = { remotes: () => undefined, isTracked: () => undefined };
