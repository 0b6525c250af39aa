import { type StatusClock } from '../clock';

/** Lets work through at most once in a while: the first call at once, those within a pause together at its end. */
export class RefreshGate {
  private last = Number.NEGATIVE_INFINITY;
  private cancel: (() => void) | undefined;

  /**
   * @param work what is done; what it throws is its own business
   * @param pause milliseconds; a second, as whatever stands in files
   */
  constructor(
    private readonly clock: StatusClock,
    private readonly work: () => void,
    private readonly pause = 1_000,
  ) {}

  /** Something may look different. */
  ask(): void {
    if (this.cancel !== undefined) return;
    const waited = this.clock.now() - this.last;
    // A clock that was set back must not silence anything.
    const wait = waited < 0 ? 0 : Math.max(0, this.pause - waited);
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
