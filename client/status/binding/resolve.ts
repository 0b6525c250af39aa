import { type Bindable, type Binding, type Bindings } from './bindings';
import { changedParts, normalServer, type ContextIdentity } from './context-identity';

/** Which context an action from a file may use. Everything but `bound` stops it; `text` says why and what to do. */
export type Resolution =
  | { readonly name: 'bound'; readonly identity: ContextIdentity }
  | { readonly name: 'unbound'; readonly text: string }
  | { readonly name: 'context-missing'; readonly binding: Binding; readonly text: string }
  /** The context leads somewhere else than when it was bound: ask again, showing both. */
  | { readonly name: 'changed'; readonly binding: Binding; readonly now: ContextIdentity; readonly text: string }
  /** What the repository says about the cluster, or the object's own context, contradicts the binding. */
  | { readonly name: 'mismatch'; readonly text: string };

/** What else is known about the cluster of the file. */
export interface ResolveFacts {
  /** How the cluster is called in messages. */
  readonly name: string;
  /** The API server that the repository's configuration names for it. It chooses nothing, but it may contradict. */
  readonly server?: string;
  /** The context of the tree item from which the action comes. */
  readonly actionContext?: string;
}

/** Finds the context of a file's cluster by what was confirmed on this machine. */
export function resolveBinding(bindings: Bindings, what: Bindable, facts: ResolveFacts): Resolution {
  const { name, server, actionContext } = facts;
  const binding = bindings.confirmed(what);
  if (binding === undefined) {
    return { name: 'unbound', text: `No context is bound to cluster ${name} on this machine. Choose one to go on.` };
  }
  const now = bindings.identity(binding.context);
  if (now === undefined) {
    const text = `Cluster ${name} is bound to context ${binding.context}, which no kubeconfig has any more. Bind another.`;
    return { name: 'context-missing', binding, text };
  }
  const changed = changedParts(binding, now);
  if (changed.length > 0) {
    const parts = changed.join(' and ');
    const text = `The ${parts} of context ${binding.context} changed since it was bound to cluster ${name}: it was ${binding.server}, it is ${now.server}. Confirm it again.`;
    return { name: 'changed', binding, now, text };
  }
  if (server !== undefined && normalServer(server) !== normalServer(now.server)) {
    const text = `The repository says that cluster ${name} is ${server}, but context ${binding.context} leads to ${now.server}. Nothing was done.`;
    return { name: 'mismatch', text };
  }
  if (actionContext !== undefined && actionContext !== binding.context) {
    const text = `The file belongs to cluster ${name}, bound to context ${binding.context}, but the object is of context ${actionContext}. Nothing was done.`;
    return { name: 'mismatch', text };
  }
  return { name: 'bound', identity: now };
}
