/**
 * Every state the language server can be in, as the user may see it. `idle`: nothing here is GitOps content, so it was
 * never started. `restarting`: it crashed and starts again after `delay` milliseconds. `crashed`: it crashed too often
 * and stays down. `failed`: it could not be started. `mismatched`: it speaks another version of our requests.
 */
export type ServerState =
  | { readonly kind: 'idle' | 'starting' | 'running' | 'crashed' | 'stopped' }
  | { readonly kind: 'restarting'; readonly delay: number }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'mismatched'; readonly expected: number; readonly actual: number | undefined };
