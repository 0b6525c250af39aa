import { readFileSync } from 'node:fs';

/** A time in which the event loop stood still. */
export interface LoopBlock {
  /** Milliseconds since the watch began. */
  readonly at: number;
  /** Milliseconds on the wall. */
  readonly wall: number;
  /** Milliseconds that the thread had a processor; the rest of the time others had it. */
  readonly cpu: number;
}

const tick = 2;

/** Processor time of this process's main thread in milliseconds; of the whole process where the system does not say. */
function threadTime(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[0]) / 1e6;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  }
}

/** Watches for how long the event loop of this thread stands still. */
export class EventLoopWatch {
  private readonly began = performance.now();
  private readonly timer: NodeJS.Timeout;
  private found: LoopBlock[] = [];

  constructor() {
    let last = performance.now();
    let before = threadTime();
    this.timer = setInterval(() => {
      const [now, cpu] = [performance.now(), threadTime()];
      if (now - last - tick > 5) this.found.push({ at: last - this.began, wall: now - last - tick, cpu: cpu - before });
      last = performance.now();
      before = cpu;
    }, tick);
  }

  /** The blocks since the last call, longest first by their processor time. */
  take(): readonly LoopBlock[] {
    const { found } = this;
    this.found = [];
    return found.sort((a, b) => b.cpu - a.cpu);
  }

  end(): void {
    clearInterval(this.timer);
  }
}
