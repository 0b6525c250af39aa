/** A repeatable stream of choices (mulberry32); equal seeds make equal trees. */
export class Random {
  constructor(private seed: number) {}

  /** From 0 up to and without 1. */
  next(): number {
    this.seed = (this.seed + 0x6d2b79f5) | 0;
    let t = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.next() * choices.length)] ?? choices[0];
  }

  count(most: number): number {
    return Math.floor(this.next() * (most + 1));
  }

  /** Some of the choices, in their order. */
  some<T>(choices: readonly T[], share: number): T[] {
    return choices.filter(() => this.chance(share));
  }

  times<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.count(most) }, make);
  }
}
