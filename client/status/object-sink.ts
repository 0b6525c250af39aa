/** JSON as `JSON.parse` gives it: what the API server says, and hostile until looked at. */
export type LiveValue = null | boolean | number | string | readonly LiveValue[] | LiveObject;
export interface LiveObject {
  readonly [key: string]: LiveValue | undefined;
}

/** What one watch covers: one kind of one context, or a part of it, in all namespaces or in one. */
export interface WatchScope {
  /** Name of the kubeconfig context. */
  readonly context: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  /** Undefined: all namespaces, or a kind of cluster scope. */
  readonly namespace?: string;
  /**
   * Which of several watches that share a kind, each with labels of its own; no object is in two of them. Undefined for the
   * one that stands for the kind.
   */
  readonly part?: string;
}

/**
 * How far what is known of a scope can be trusted. `since` is milliseconds since the epoch, `message` one sentence for the
 * user with the next step.
 */
export type WatchState =
  | { readonly name: 'loading' }
  /** Everything the server said has been handed on. */
  | { readonly name: 'live' }
  /** The last known objects stand, without a connection. */
  | { readonly name: 'disconnected'; readonly since: number; readonly message: string }
  | { readonly name: 'forbidden'; readonly message: string }
  /** The server has no such kind. */
  | { readonly name: 'absent' }
  /** Nobody looks: what stands is as old as `since`. */
  | { readonly name: 'paused'; readonly since: number };

/** A complete list that is arriving page by page. */
export interface ListInProgress {
  put(object: LiveObject): void;
  /** The list is complete: objects of its scope that were not put have gone. */
  end(): void;
  /** The list broke off: nothing is removed. */
  abandon(): void;
}

/** Where watches put what they hear. An implementation keeps what it derives from an object, never the object. */
export interface ObjectSink {
  beginList(scope: WatchScope): ListInProgress;
  /** Added or modified since the list. */
  put(scope: WatchScope, object: LiveObject): void;
  remove(scope: WatchScope, object: LiveObject): void;
  setState(scope: WatchScope, state: WatchState): void;
  /**
   * Of a kind only single namespaces are watched from now on, those given: what was watched of others is forgotten with its
   * state, since nobody would tell when it changes.
   * @param scope the kind, or the part of it, in all namespaces
   */
  watchOnly(scope: WatchScope, namespaces: readonly string[]): void;
  /** Which Kubernetes the server of a context is, as `/version` says: `v1.34.1`. */
  setServerVersion(context: string, version: string): void;
  /** The context is no longer connected: all it gave is forgotten. */
  forget(context: string): void;
}
