import { type TargetContexts } from '../relations/live-view';
import { type ContextIdentity } from './context-identity';
import { type MachineStorage } from './machine-storage';

/** A cluster of a repository, or where a kubeconfig of a cluster leads; what a binding is for. */
export type Bindable =
  | { readonly kind: 'cluster'; readonly root: string; readonly path: string }
  | { readonly kind: 'target'; readonly context: string; readonly target: string };

/** Which context something is, as the user confirmed it, with who that was at the time. */
export interface Binding extends ContextIdentity {
  /** Milliseconds since the epoch. */
  readonly confirmed: number;
}

const keyOf = (what: Bindable): string =>
  what.kind === 'cluster'
    ? `binding/cluster/${encodeURIComponent(what.root)}/${encodeURIComponent(what.path)}`
    : `binding/target/${encodeURIComponent(what.context)}/${encodeURIComponent(what.target)}`;

/** A binding as it is kept; undefined for nothing, and for what cannot be read. */
export function readBinding(text: string | undefined): Binding | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { context, server, caHash, confirmed } = value as Partial<Record<keyof Binding, unknown>>;
    if (typeof context !== 'string' || typeof server !== 'string' || typeof caHash !== 'string') return undefined;
    return { context, server, caHash, confirmed: typeof confirmed === 'number' ? confirmed : 0 };
  } catch {
    return undefined;
  }
}

/** What the user confirmed on this machine. A committed file never gets here. */
export class Bindings implements TargetContexts {
  /** @param identityOf who a context is now; undefined when no kubeconfig has it */
  constructor(
    private readonly storage: MachineStorage,
    private readonly identityOf: (context: string) => ContextIdentity | undefined,
  ) {}

  /** What was confirmed, whether it still holds or not; undefined for nothing, and for what cannot be read. */
  confirmed(what: Bindable): Binding | undefined {
    return readBinding(this.storage.get(keyOf(what)));
  }

  /** Keeps what the user confirmed after seeing the server's URL. */
  async confirm(what: Bindable, identity: ContextIdentity, now: number): Promise<void> {
    const { context, server, caHash } = identity;
    await this.storage.set(keyOf(what), JSON.stringify({ context, server, caHash, confirmed: now } satisfies Binding));
  }

  async forget(what: Bindable): Promise<void> {
    await this.storage.set(keyOf(what), undefined);
  }

  /** The present identity of a context. */
  identity(context: string): ContextIdentity | undefined {
    return this.identityOf(context);
  }

  /** A target counts only while its context is who it was when it was bound. */
  contextOf(context: string, target: string): string | undefined {
    const binding = this.confirmed({ kind: 'target', context, target });
    const now = binding && this.identityOf(binding.context);
    if (binding === undefined || now === undefined) return undefined;
    return binding.server === now.server && binding.caHash === now.caHash ? binding.context : undefined;
  }
}
