import { type ContextTarget } from '../kubeconfig/target';
import { type Storage } from '../ports';

const keyOf = (context: string): string => `connected:${context}`;

/** Which contexts the user has connected on this machine, each with the server it had then. */
export interface Remembered {
  /** True when the context may be connected without asking: same server, and its last login was let in. */
  mayConnect(target: ContextTarget): boolean;
  /** `refused`: the next connection needs a click. */
  set(target: ContextTarget, how: 'connected' | 'refused'): Promise<void>;
  forget(context: string): Promise<void>;
}

/** A context whose server has changed is another one. */
export function rememberConnections(storage: Storage): Remembered {
  return {
    mayConnect: ({ context, address }) => storage.get(keyOf(context)) === `connected ${address}`,
    set: ({ context, address }, how) => storage.set(keyOf(context), `${how} ${address}`),
    forget: (context) => storage.set(keyOf(context), undefined),
  };
}
