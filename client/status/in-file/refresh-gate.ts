import { type StatusClock } from '../clock';

const leastPause = 1_000;

/** Lets work through at most once a second: the first call at once, those within a second together at its end. */
export class RefreshGate {
  private last = Number.NEGATIVE_INFINITY;
  private cancel: (() => void) | undefined;

  /** @param work what is done; what it throws is its own business */
  constructor(
    private readonly clock: StatusClock,
    private readonly work: () => void,
  ) {}

  /** Something may look different. */
  ask(): void {
    if (this.cancel !== undefined) return;
    const waited = this.clock.now() - this.last;
    // A clock that was set back must not silence anything.
    const wait = waited < 0 ? 0 : Math.max(0, leastPause - waited);
    this.cancel = this.clock.after(wait, () => {
      this.cancel = undefined;
      this.last = this.clock.now();
      this.work();
    });
  }

  dispose(): void {
    this.cancel?.();
    this.cancel = undefined;
  }
}
