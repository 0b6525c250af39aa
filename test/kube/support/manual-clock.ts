import { type WallClock } from '../../../client/kube/ports';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Lets sockets and promises go on. */
export async function turn(times = 1): Promise<void> {
  for (let index = 0; index < times; index++) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** Polls sockets for real; gives up after ten real seconds, so that a fault is a failing test and not a hanging one. */
export async function until(condition: () => boolean, what = 'the condition'): Promise<void> {
  const end = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`${what} never came`);
    await turn();
  }
}

/** Time that passes when a test says so. */
export class ManualClock implements WallClock {
  private time = Date.parse('2026-01-01T00:00:00Z');
  private readonly timers = new Set<Timer>();

  now(): number {
    return this.time;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.time + Math.max(0, milliseconds), callback };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  get pending(): number {
    return this.timers.size;
  }

  /** The machine sleeps: time passes, and no timer fires until it is over. */
  sleep(milliseconds: number): void {
    this.time += milliseconds;
  }

  /** Runs what is due in its order, with turns of the event loop between. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      const [next] = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.timers.delete(next);
      this.time = Math.max(this.time, next.at);
      next.callback();
      await turn(3);
    }
    this.time = Math.max(this.time, end);
    await turn(3);
  }

  /**
   * Advances until the condition holds, in small steps with time for sockets between.
   * @returns milliseconds of this clock that it took. Throws beyond `limit`.
   */
  async advanceUntil(condition: () => boolean, limit: number, what = 'the condition'): Promise<number> {
    const began = this.time;
    for (;;) {
      for (let index = 0; index < 12 && !condition(); index++) await turn(4);
      if (condition()) return this.time - began;
      if (this.time - began > limit) throw new Error(`${what} did not come within ${limit} ms`);
      await this.advance(50);
    }
  }
}
