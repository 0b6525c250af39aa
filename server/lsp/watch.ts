import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
  type FileSystemWatcher,
} from 'vscode-languageserver/node';
import { baseName, type FilePath } from '../model/file-path';
import { type Log } from '../model/ports';
import { type RenderedCluster } from '../workspace/cluster';
import { type Snapshot } from '../workspace/snapshot';
import { type ClientSupport } from './client-support';
import { describeError } from './safe';

/** What every root watches; the exact other inputs of builds (patches, generator files of any name) come on top. */
const patterns = [
  '**/*.{yaml,yml}',
  '**/Kustomization',
  '**/.sops.yaml',
  '**/.fluxwright.yaml',
  '**/.sourceignore',
  // Decide whether a secret in plain text will reach Git, and may hold a key.
  '**/.gitignore',
  '**/*.{agekey,asc,key,pem,env}',
  // Say what the repository pushes (`isScriptFile`).
  '{GNUmakefile,Makefile,makefile,Justfile,justfile,.Justfile,.justfile}',
];
const covered = /(\.ya?ml|^Kustomization|^\.sourceignore)$/;

/** A root as the watcher sees it. */
export interface WatchedRoot {
  readonly uri: string;
  /** Files that builds read and that no pattern covers. */
  readonly otherInputs: readonly FilePath[];
}

/** Inputs of builds that the patterns do not cover, sorted. */
export function otherInputs(snapshot: Snapshot | undefined): FilePath[] {
  const clusters = snapshot?.clusters ?? [];
  return [...new Set(clusters.flatMap(({ inputFiles }) => uncoveredOf(inputFiles)))].sort();
}

// They stay what they are through most edits, and there may be as many as files.
const uncovered = new WeakMap<RenderedCluster['inputFiles'], readonly FilePath[]>();

function uncoveredOf(inputs: RenderedCluster['inputFiles']): readonly FilePath[] {
  let found = uncovered.get(inputs);
  if (found === undefined) {
    found = [...inputs.keys()].filter((path) => !covered.test(baseName(path)));
    uncovered.set(inputs, found);
  }
  return found;
}

export interface Watcher {
  /** Registers what the roots need, if that differs from what is registered. */
  watch(roots: readonly WatchedRoot[]): Promise<void>;
}

/** Watches through the client; a client that cannot register watchers gets none (see `sweep`). */
export function createWatcher(connection: Connection, support: ClientSupport, log: Log): Watcher {
  let registered: { readonly key: string; readonly handle: Disposable } | undefined;
  let wanted = '';
  const watcherFor = (root: WatchedRoot, pattern: string): FileSystemWatcher =>
    support.relativePatterns
      ? { globPattern: { baseUri: root.uri, pattern } }
      : { globPattern: pattern.startsWith('**') ? pattern : `**/${pattern}` };
  return {
    async watch(roots) {
      if (!support.dynamicWatch || roots.length === 0) return;
      const all = roots.flatMap((root) =>
        [...patterns, ...root.otherInputs.map(escapeGlob)].map((pattern) => watcherFor(root, pattern)),
      );
      const watchers = [...new Map(all.map((watcher) => [JSON.stringify(watcher), watcher])).values()];
      const key = JSON.stringify(watchers);
      if (key === wanted) return;
      wanted = key;
      try {
        const handle = await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
        // Registered before the old one goes, so that no event falls between; a newer wish may have overtaken this one.
        registered?.handle.dispose();
        registered = { key, handle };
      } catch (error) {
        log.write('warn', 'the client refused to watch files', { reason: describeError(error) });
      }
    },
  };
}

/** Names may hold characters that mean something in a glob. */
const escapeGlob = (path: FilePath): string => path.replace(/[*?{}[\]]/g, '?');
