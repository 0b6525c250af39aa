import { type StatusClock } from '../../client/status/clock';

/** A clock that moves when it is told to, and then runs what was due, in order. */
export class FakeClock implements StatusClock {
  private timers: { at: number; callback: () => void }[] = [];

  constructor(private time = Date.parse('2026-01-01T00:00:00Z')) {}

  now(): number {
    return this.time;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.time + milliseconds, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const [next] = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.callback();
    }
    this.time = end;
  }

  /** Sets the clock without running anything, as a machine that slept or was corrected does. */
  jump(milliseconds: number): void {
    this.time += milliseconds;
  }
}
