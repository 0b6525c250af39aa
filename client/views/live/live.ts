// A bundle of its own (tools/build.mjs), required where GitOps content shows: nothing here is loaded in other repositories.
import * as vscode from 'vscode';
import type * as Kube from '../../kube/kube';
import { type LanguageServer } from '../../language/language-server';
import { Bindings } from '../../status/binding/bindings';
import { asksForName } from '../../status/binding/production';
import { machineClock } from '../../status/clock';
import { type ClusterContexts } from '../../status/in-file/object-in-file';
import { Slices } from '../../status/slices';
import { type NodePath } from '../../status/tree/node-path';
import { type NodeCapability } from '../../status/tree/tree-node';
import { boundContexts } from './bound-contexts';
import { CommitBarItem } from './commit-bar-item';
import { ConnectedClusters } from './connected-clusters';
import { followEditor } from './follow-editor';
import { GraphStates } from './graph-states';
import { InFileView } from './in-file/in-file-view';
import { watchHistory } from './in-file/watch-history';
import { kubePorts } from './kube-ports';
import { LiveDocuments } from './live-documents';
import { LiveViews } from './live-views';
import { machineMemory } from './machine-memory';
import { RecentEvents } from './recent-events';
import { RecentLog } from './recent-log';
import { AskedRights, type RightsChange } from './rights';
import { contextRules } from './settings';
import { LiveStatusBarItem } from './status-bar-item';
import { targetAt, targetsFor, type ActionTarget } from './targets';

/** The live side of a window, as commands see it. */
export interface Live {
  readonly clusters: ConnectedClusters;
  /** Which context a cluster of a repository is, as the user confirmed it on this machine. */
  readonly bindings: Bindings;
  /** The same, for showing states. */
  readonly contexts: ClusterContexts;
  readonly memory: ReturnType<typeof machineMemory>;
  readonly documents: LiveDocuments;
  readonly view: LiveViews;
  readonly files: Pick<InFileView, 'objectAt'>;
  /** Commits that somebody waits for, each with its context: one notice for each. */
  readonly awaited: Set<string>;
  /** For the dependency graph. */
  readonly states: GraphStates;
  /** A repository was read anew. */
  repositoryChanged(): void;
  /** The object of a row; undefined for rows of none, and for objects that are not there any more. */
  target(path: NodePath): ActionTarget | undefined;
  targets(capability: NodeCapability): readonly ActionTarget[];
  dispose(): void;
}

/** Makes what shows live objects. Nothing is connected, and no kubeconfig read, before a view is seen. */
export function openLive(
  { globalState, workspaceState }: Pick<vscode.ExtensionContext, 'globalState' | 'workspaceState'>,
  log: vscode.LogOutputChannel,
  server: Pick<LanguageServer, 'ask' | 'status'>,
): Live {
  const kube = (): Promise<typeof Kube> => import('../../kube/kube');
  // One for all who work long in this process.
  const slices = new Slices();
  const memory = machineMemory(globalState);
  const bindings = new Bindings(memory, (context) => {
    const found = clusters.lastKnown?.contexts.find(({ name }) => name === context);
    return found && { context, server: found.server, caHash: found.caHash };
  });
  const clusters: ConnectedClusters = new ConnectedClusters({
    isTrusted: () => vscode.workspace.isTrusted,
    kube,
    ports: async () => kubePorts(await kube(), globalState, log, slices),
    clock: machineClock,
    targets: bindings,
    slices,
    changed: () => view.connectionsChanged(),
  });
  const contexts = boundContexts(bindings, server);
  const events = new RecentEvents((context) => clusters.requests(context), machineClock);
  const lines = new RecentLog((context) => clusters.requests(context), clusters.store, machineClock);
  const documents = new LiveDocuments();
  // Read once: an editor asks for 500 rows in one turn, and each asks several times.
  let { readOnly } = contextRules();
  const rightsChanged = (change?: RightsChange): void => {
    view.rightsChanged(change);
    files.rightsChanged();
  };
  const rights = new AskedRights({
    requests: (context) => clusters.requests(context),
    isReadOnly: (context) => asksForName(context, readOnly),
    clock: machineClock,
    changed: rightsChanged,
  });
  const view = new LiveViews(clusters, events, workspaceState, rights, slices);
  const files = new InFileView({
    ...{ clusters, contexts, server, events, log: lines, rights, clock: machineClock, memory: globalState },
  });
  const states = new GraphStates(clusters.store, contexts);
  const commit = new CommitBarItem(clusters.store, contexts, server, machineClock);
  const subscriptions: readonly { dispose(): unknown }[] = [
    vscode.workspace.onDidGrantWorkspaceTrust(() => view.trusted()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration('fluxwright')) return;
      ({ readOnly } = contextRules());
      rightsChanged();
    }),
    watchHistory(() => {
      files.historyChanged();
      commit.repositoryChanged();
    }),
    followEditor(view, files),
    new LiveStatusBarItem(clusters.store),
    commit,
    states,
    files,
    view,
    documents,
    clusters,
  ];
  return {
    clusters,
    bindings,
    contexts,
    memory,
    documents,
    view,
    files,
    awaited: new Set(),
    states,
    repositoryChanged: () => {
      files.repositoryChanged();
      commit.repositoryChanged();
    },
    target: (path) => targetAt(clusters.store, path),
    targets: (capability) => targetsFor(clusters.store, capability),
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
