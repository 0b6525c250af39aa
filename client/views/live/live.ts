// A bundle of its own (tools/build.mjs), required where GitOps content shows: nothing here is loaded in other repositories.
import * as vscode from 'vscode';
import type * as Kube from '../../kube/kube';
import { Bindings } from '../../status/binding/bindings';
import { machineClock } from '../../status/clock';
import { type NodePath } from '../../status/tree/node-path';
import { type NodeCapability } from '../../status/tree/tree-node';
import { ConnectedClusters } from './connected-clusters';
import { kubePorts } from './kube-ports';
import { LiveDocuments } from './live-documents';
import { machineMemory } from './machine-memory';
import { ObjectsView } from './objects-view';
import { targetAt, targetsFor, type ActionTarget } from './targets';

/** The live side of a window, as commands see it. */
export interface Live {
  readonly clusters: ConnectedClusters;
  /** Which context a cluster of a repository is, as the user confirmed it on this machine. */
  readonly bindings: Bindings;
  readonly memory: ReturnType<typeof machineMemory>;
  readonly documents: LiveDocuments;
  readonly view: Pick<ObjectsView, 'begin' | 'cancel' | 'favor' | 'filter' | 'filterBy' | 'groupBy'>;
  /** The object of a row; undefined for rows of none, and for objects that are not there any more. */
  target(path: NodePath): ActionTarget | undefined;
  targets(capability: NodeCapability): readonly ActionTarget[];
  dispose(): void;
}

/** Makes the view of live objects. Nothing is connected, and no kubeconfig read, before it is seen. */
export function openLive(
  { globalState, workspaceState }: Pick<vscode.ExtensionContext, 'globalState' | 'workspaceState'>,
  log: vscode.LogOutputChannel,
): Live {
  const kube = (): Promise<typeof Kube> => import('../../kube/kube');
  const memory = machineMemory(globalState);
  const bindings = new Bindings(memory, (context) => {
    const found = clusters.lastKnown?.contexts.find(({ name }) => name === context);
    return found && { context, server: found.server, caHash: found.caHash };
  });
  const clusters: ConnectedClusters = new ConnectedClusters({
    isTrusted: () => vscode.workspace.isTrusted,
    kube,
    ports: async () => kubePorts(await kube(), globalState, log),
    clock: machineClock,
    targets: bindings,
    changed: () => view.connectionsChanged(),
  });
  const documents = new LiveDocuments();
  const view = new ObjectsView(clusters, workspaceState);
  const trust = vscode.workspace.onDidGrantWorkspaceTrust(() => view.trusted());
  return {
    clusters,
    bindings,
    memory,
    documents,
    view,
    target: (path) => targetAt(clusters.store, path),
    targets: (capability) => targetsFor(clusters.store, capability),
    dispose() {
      trust.dispose();
      view.dispose();
      documents.dispose();
      clusters.dispose();
    },
  };
}
