// A type-only statement: the module itself is a bundle of its own, loaded with the first look into a kubeconfig.
import type { ConnectionState, Contexts, KnownContexts, KubePorts, Requests } from '../../kube/kube';
import { type StatusClock } from '../../status/clock';
import { type TargetContexts } from '../../status/relations/live-view';
import { type Slices } from '../../status/slices';
import { StatusStore } from '../../status/store/status-store';

/** What connected clusters need of the editor. */
export interface ClustersWorld {
  readonly isTrusted: () => boolean;
  /** Loads `client/kube`. */
  readonly kube: () => Promise<{ readonly Contexts: typeof Contexts }>;
  /** The ports of `client/kube`, asked for once it is loaded. */
  readonly ports: () => Promise<KubePorts>;
  readonly clock: StatusClock;
  /** Which context a kubeconfig of a cluster leads to, as the user bound it; none without. */
  readonly targets?: TargetContexts;
  /** Turns of the event loop for what a change of the store reaches; without them it is one piece of work. */
  readonly slices?: Slices;
  /** A connection, the kubeconfig or the trust changed; objects are told by the store. */
  readonly changed: () => void;
}

const nothingKnown: KnownContexts = { contexts: [], current: '', faults: [] };

/**
 * The contexts of this window and what is known of their objects. Reads no kubeconfig before the first look, and none at
 * all in a workspace that is not trusted.
 */
export class ConnectedClusters {
  readonly store: StatusStore;
  private opening: Promise<Contexts> | undefined;
  private contexts: Contexts | undefined;
  private last: KnownContexts | undefined;
  /** Those who look without connecting; what ends their look is there as soon as there is something to look at. */
  private readonly attending = new Set<{ end: (() => void) | undefined }>();
  private isDisposed = false;

  constructor(private readonly world: ClustersWorld) {
    this.store = new StatusStore(world.clock, world.targets, world.slices);
  }

  get isTrusted(): boolean {
    return this.world.isTrusted();
  }

  /** What the kubeconfig held when it was last read; undefined before. */
  get lastKnown(): KnownContexts | undefined {
    return this.last;
  }

  /** The contexts of the kubeconfig; none of them is connected by that. Empty where the workspace is not trusted. */
  async known(): Promise<KnownContexts> {
    const contexts = await this.open();
    if (contexts === undefined) return nothingKnown;
    this.last = await contexts.known();
    this.world.changed();
    return this.last;
  }

  /**
   * A view needs what is watched, until the result is called. Connects what the user connected on this machine before.
   */
  async look(): Promise<() => void> {
    const contexts = await this.open();
    if (contexts === undefined) return () => undefined;
    const end = contexts.look();
    await this.known();
    await contexts.connectRemembered();
    return end;
  }

  /** A visible file or an awaited notice needs what is watched, until the result is called. Connects and reads nothing. */
  attend(): () => void {
    const one = { end: this.contexts?.look() };
    this.attending.add(one);
    return () => {
      if (this.attending.delete(one)) one.end?.();
    };
  }

  /** Connects because the user said so. Undefined where the workspace is not trusted. */
  async connect(context: string, signal?: AbortSignal): Promise<ConnectionState | undefined> {
    return (await this.open())?.connect(context, signal);
  }

  /** Ends a connection and forgets it. */
  async disconnect(context: string): Promise<void> {
    await this.contexts?.disconnect(context);
  }

  /** How a context stands; reads nothing. */
  state(context: string): ConnectionState {
    return this.contexts?.state(context) ?? { name: 'idle' };
  }

  /** What can be asked of a context; undefined unless it is connected. */
  requests(context: string): Requests | undefined {
    return this.contexts?.requests(context);
  }

  dispose(): void {
    this.isDisposed = true;
    this.contexts?.dispose();
    this.store.dispose();
  }

  private open(): Promise<Contexts | undefined> {
    if (!this.world.isTrusted() || this.isDisposed) return Promise.resolve(undefined);
    this.opening ??= this.make();
    return this.opening;
  }

  private async make(): Promise<Contexts> {
    const [kube, ports] = [await this.world.kube(), await this.world.ports()];
    const contexts = new kube.Contexts(ports, this.store, () => void this.refresh());
    this.contexts = contexts;
    for (const one of this.attending) one.end = contexts.look();
    return contexts;
  }

  private async refresh(): Promise<void> {
    if (this.contexts === undefined || this.isDisposed) return;
    if (this.last !== undefined) this.last = await this.contexts.known();
    this.world.changed();
  }
}
