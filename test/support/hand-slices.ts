import { type Slices } from '../../client/status/slices';

/** Interrupts every piece of work after its first step, and goes on when a test says so. */
export class HandSlices implements Pick<Slices, 'run'> {
  private readonly running: { readonly work: Iterator<unknown>; readonly done: () => void }[] = [];

  run(work: Iterator<unknown>): Promise<void> | undefined {
    if (work.next().done === true) return undefined;
    return new Promise((done) => this.running.push({ work, done }));
  }

  get isBusy(): boolean {
    return this.running.length > 0;
  }

  /** Some more steps, of each piece in turn; those who wait for a piece that is done go on before this resolves. */
  async step(count: number): Promise<void> {
    for (let at = 0; at < count; at++) {
      const next = this.running.shift();
      if (next === undefined) return;
      if (next.work.next().done !== true) this.running.push(next);
      else {
        next.done();
        for (let turn = 0; turn < 4; turn++) await Promise.resolve();
      }
    }
  }

  /** Everything to its end. */
  async finish(): Promise<void> {
    while (this.isBusy) await this.step(1);
  }
}
