import { type StatusClock } from '../clock';
import { type LiveId } from '../live/live-id';

/** What changed since the last event. */
export interface StatusChange {
  /** Objects that came, went, or may look different, be it for what surrounds them. */
  readonly objects: ReadonlySet<LiveId>;
  /** Contexts that came or went, or whose connection changed. */
  readonly contexts: ReadonlySet<string>;
}

// An editor is told of rows at most every 200 ms. Visual Studio Code holds back what it hears of a tree within 200 ms of the
// news before, for 200 ms more: a piece that comes just too early is seen twice as late as one that comes just in time.
const leastPause = 208;

/** Collects changes and hands them on in one piece: at once after a pause, else 208 ms after the piece before. */
export class ChangeBatch {
  private objects = new Set<LiveId>();
  private contexts = new Set<string>();
  private lastSent = Number.NEGATIVE_INFINITY;
  private cancel: (() => void) | undefined;
  private isSending = false;

  constructor(
    private readonly clock: StatusClock,
    /** @returns when the piece is handed on; undefined when it is already */
    private readonly send: (objects: Set<LiveId>, contexts: Set<string>) => Promise<void> | undefined,
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
    if (this.cancel !== undefined || this.isSending) return;
    // A clock that was set back must not silence the store.
    const waited = this.clock.now() - this.lastSent;
    const wait = waited < 0 ? 0 : Math.max(0, leastPause - waited);
    this.cancel = this.clock.after(wait, () => this.flush());
  }

  private flush(): void {
    this.cancel = undefined;
    const { objects, contexts } = this;
    this.objects = new Set();
    this.contexts = new Set();
    this.isSending = true;
    let sent: Promise<void> | undefined;
    try {
      sent = this.send(objects, contexts);
    } finally {
      // One who listens and throws must not silence the others for ever.
      if (sent === undefined) this.sent();
    }
    void sent?.finally(() => this.sent());
  }

  private sent(): void {
    this.isSending = false;
    this.lastSent = this.clock.now();
    if (this.objects.size > 0 || this.contexts.size > 0) this.schedule();
  }
}
