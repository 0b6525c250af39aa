// Everything heavy hangs on this file, which is loaded after `initialize` was answered.
import { createNodeFiles } from '../host/node-files';
import { createNodeGit } from '../host/node-git';
import { createNodeHistory } from '../host/node-history';
import { ignoresCase, rootOfFolder } from '../host/root';
import { baseName, type FilePath } from '../model/file-path';
import { type Files, type Git, type History } from '../model/ports';
import { absolutePathOf, createRootUris, type PathFlavour, uriOfAbsolute } from '../model/uri';
import { rules } from '../rules/index';
import { createJudge } from '../rules/judge';
import { loadKubernetes } from '../validation/kubernetes';
import { createSchemas } from '../workspace/schemas';
import { createWorkspace, type Workspace } from '../workspace/workspace';
import { type Root } from './root';
import { createRevisions } from './revisions';
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
  // Read when a kind that is not Flux's is first judged; undefined in a build without it.
  let read: { readonly schemas: ReturnType<typeof loadKubernetes> | undefined } | undefined;
  const kubernetes = (): ReturnType<typeof loadKubernetes> | undefined => {
    if (read === undefined) {
      const text = bundledText('schemas/kubernetes.json');
      const docs = (): string => bundledText('schemas/kubernetes-docs.json') ?? '{}';
      read = { schemas: text === undefined ? undefined : loadKubernetes(() => text, docs) };
    }
    return read.schemas;
  };
  const analyse = (
    files: Files,
    git: Git,
  ): Pick<Root, 'workspace' | 'judge' | 'files' | 'schemas' | 'describeKinds' | 'at'> => {
    const workspace: Workspace = createWorkspace({ files, git, clock, log }, { sweeps: true, readingLimit });
    const schemas = createSchemas(kubernetes);
    return {
      workspace,
      judge: createJudge(rules, schemas, log),
      files,
      schemas,
      describeKinds: () => kubernetes()?.describe(),
      at: createRevisions(git, clock, log, { readingLimit }),
    };
  };
  const openRoot = (folderUri: string): Root => {
    const opened = absolutePathOf(folderUri, flavour);
    if (opened === undefined) {
      // A virtual workspace: its documents are judged by their own text.
      const outside = openOutside();
      const isBelow = (uri: string): boolean => uri.startsWith(`${folderUri}/`);
      return { ...outside, uri: folderUri, pathOf: (uri) => (isBelow(uri) ? outside.pathOf(uri) : undefined) };
    }
    const folder = rootOfFolder(opened, runsPrograms);
    const files = createNodeFiles(folder);
    const rootUri = folder === opened ? folderUri : uriOfAbsolute(folder, flavour);
    const uris = createRootUris(rootUri, ignoresCase(folder) ? { spelling: files } : {});
    return {
      ...analyse(files, createNodeGit(folder, clock, { runsPrograms })),
      history: createNodeHistory(folder, { runsPrograms }),
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
      history: noHistory,
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

// Reading a document of this size stops everything else for less than 50 ms (docs/decisions/0009).
const readingLimit = 768 * 1024;

const flavour: PathFlavour = process.platform === 'win32' ? 'windows' : 'posix';

const nameIn = (uri: string): string => {
  const name = baseName(uri.replace(/[?#].*$/, '')).replace(/^.*:/, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

const noHistory: History = {
  commit: () => Promise.resolve(undefined),
  branchTip: () => Promise.resolve(undefined),
  tags: () => Promise.resolve(undefined),
  isAncestor: () => Promise.resolve(undefined),
  blob: () => Promise.resolve(undefined),
  changedFiles: () => Promise.resolve(undefined),
  fileLog: () => Promise.resolve(undefined),
  fileAt: () => Promise.resolve(undefined),
};

const noFiles: Files = {
  walk: () => [],
  list: () => [],
  stat: () => 'missing',
  stamp: () => undefined,
  read: () => ({ kind: 'missing' }),
};

const noGit: Git = {
  remotes: () => undefined,
  isTracked: () => undefined,
  revision: () => Promise.resolve(undefined),
};
