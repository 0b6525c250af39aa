import { type Failure } from '../failure';

/** How a context stands. `since` is milliseconds since the epoch. */
export type ConnectionState =
  /** Never connected on this machine, or disconnected by the user: only an explicit Connect changes that. */
  | { readonly name: 'idle' }
  | { readonly name: 'connecting' }
  | { readonly name: 'connected' }
  /** Was connected; the server is tried again without end. */
  | { readonly name: 'lost'; readonly since: number; readonly failure: Failure }
  /** Nobody looks. */
  | { readonly name: 'paused'; readonly since: number }
  /** Only a new Connect, or another kubeconfig, can change that. */
  | { readonly name: 'failed'; readonly failure: Failure };
