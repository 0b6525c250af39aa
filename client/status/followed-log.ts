import { type StatusClock } from './clock';
import { RefreshGate } from './in-file/refresh-gate';
import { mostLines, type ShownLine } from './texts/log-lines-text';

/** A line with the pod that wrote it. */
export interface FollowedLine extends ShownLine {
  readonly pod: string;
}

/**
 * Reads lines of the last so many seconds, and those that are written from then on, until the streams end.
 * @returns why it could not be read; undefined when the streams have ended, as when a controller starts anew
 */
export type LineStream = (
  sinceSeconds: number,
  onLine: (line: FollowedLine) => void,
  signal: AbortSignal,
) => Promise<{ readonly name: string; readonly message: string } | undefined>;

const pause = 3_000;
// What was written between the last line and the next stream must not be missed; what comes twice is dropped.
const overlap = 5;
const mostFailures = 5;

/**
 * The lines of controllers about one object, followed: streams that end are opened again, lines that come twice count once,
 * and the oldest go where there are too many.
 */
export class FollowedLog {
  private readonly byKey = new Map<string, FollowedLine>();
  private readonly gate: RefreshGate;
  private heard: number;

  /** @param changed told at most once a second when there are other lines */
  constructor(
    private readonly clock: StatusClock,
    private readonly stream: LineStream,
    first: readonly FollowedLine[],
    changed: () => void,
  ) {
    this.gate = new RefreshGate(clock, changed);
    this.heard = clock.now();
    for (const line of first) this.take(line);
  }

  /** In the order in which they came. */
  get lines(): readonly FollowedLine[] {
    return [...this.byKey.values()];
  }

  /** Follows until the signal fires. @returns why it ended before; undefined when it was stopped */
  async follow(signal: AbortSignal): Promise<string | undefined> {
    const isStopped = (): boolean => signal.aborted;
    let failures = 0;
    try {
      while (!isStopped()) {
        const since = Math.ceil((this.clock.now() - this.heard) / 1_000) + overlap;
        this.heard = this.clock.now();
        const failure = await this.stream(since, (line) => this.hear(line), signal);
        if (isStopped()) return undefined;
        failures = failure === undefined ? 0 : failures + 1;
        if (failure !== undefined && (isFinal(failure.name) || failures >= mostFailures)) return failure.message;
        await this.rest(pause, signal);
      }
      return undefined;
    } finally {
      this.gate.dispose();
    }
  }

  private hear(line: FollowedLine): void {
    this.heard = this.clock.now();
    if (this.take(line)) this.gate.ask();
  }

  /** @returns false for a line that is known */
  private take(line: FollowedLine): boolean {
    const key = JSON.stringify([line.pod, line.time, line.message, line.error]);
    if (this.byKey.has(key)) return false;
    this.byKey.set(key, line);
    const [oldest] = this.byKey.size > mostLines ? this.byKey.keys() : [];
    if (oldest !== undefined) this.byKey.delete(oldest);
    return true;
  }

  private rest(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.clock.after(milliseconds, done);
      function done(): void {
        signal.removeEventListener('abort', done);
        stop();
        resolve();
      }
      signal.addEventListener('abort', done);
    });
  }
}

// Asking again changes nothing there.
const isFinal = (name: string): boolean => ['forbidden', 'not-connected', 'login-failed'].includes(name);
