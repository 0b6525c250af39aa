import { type StatusClock } from '../clock';
import { type LiveId } from '../live/live-id';

/** What changed since the last event. */
export interface StatusChange {
  /** Objects that came, went, or may look different, be it for what surrounds them. */
  readonly objects: ReadonlySet<LiveId>;
  /** Contexts that came or went, or whose connection changed. */
  readonly contexts: ReadonlySet<string>;
}

const leastPause = 200;

/** Collects changes and hands them on in one piece: at once after a pause, else 200 ms after the piece before. */
export class ChangeBatch {
  private objects = new Set<LiveId>();
  private contexts = new Set<string>();
  private lastSent = Number.NEGATIVE_INFINITY;
  private cancel: (() => void) | undefined;

  constructor(
    private readonly clock: StatusClock,
    private readonly send: (objects: Set<LiveId>, contexts: Set<string>) => void,
  ) {}

  addObject(id: LiveId): void {
    this.objects.add(id);
    this.schedule();
  }

  addContext(context: string): void {
    this.contexts.add(context);
    this.schedule();
  }

  /** Drops what waits to be sent. */
  dispose(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.objects.clear();
    this.contexts.clear();
  }

  private schedule(): void {
    if (this.cancel !== undefined) return;
    // A clock that was set back must not silence the store.
    const waited = this.clock.now() - this.lastSent;
    const wait = waited < 0 ? 0 : Math.max(0, leastPause - waited);
    this.cancel = this.clock.after(wait, () => this.flush());
  }

  private flush(): void {
    this.cancel = undefined;
    this.lastSent = this.clock.now();
    const { objects, contexts } = this;
    this.objects = new Set();
    this.contexts = new Set();
    this.send(objects, contexts);
  }
}
