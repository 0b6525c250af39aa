const longest = 8;

/**
 * Turns of the event loop for long pieces of work: in one turn all of them together take about 8 ms, however many there are,
 * so that several lists which arrive at once, or views that take over the same change, do not stand the loop still in a row.
 */
export class Slices {
  private readonly waiting: (() => void)[] = [];
  /** When the present turn began to work; undefined while nobody has worked in it. */
  private began: number | undefined;

  /** @param now milliseconds that only grow; the machine's but in tests */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * Ask after each small step. Undefined when there is nothing to wait for, so that the usual step costs no promise; else it
   * resolves in a later turn.
   */
  pause(): Promise<void> | undefined {
    if (this.began === undefined) this.begin();
    else if (this.now() - this.began >= longest) return new Promise((resolve) => this.waiting.push(resolve));
    return undefined;
  }

  /** Resolves in a turn in which nobody has worked yet: for a step that takes long and cannot be cut. */
  whole(): Promise<void> {
    if (this.began === undefined) this.begin();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Runs work that yields after each small step. @returns undefined when it is done at once */
  run(work: Iterator<unknown>): Promise<void> | undefined {
    for (;;) {
      const paused = this.pause();
      if (paused !== undefined) return this.goOn(work, paused);
      if (work.next().done === true) return undefined;
    }
  }

  private async goOn(work: Iterator<unknown>, paused: Promise<void> | undefined): Promise<void> {
    for (let next = paused; ; next = this.pause()) {
      if (next !== undefined) await next;
      if (work.next().done === true) return;
    }
  }

  private begin(): void {
    this.began = this.now();
    setImmediate(() => {
      this.began = undefined;
      const next = this.waiting.shift();
      if (next === undefined) return;
      this.begin();
      next();
    });
  }
}
