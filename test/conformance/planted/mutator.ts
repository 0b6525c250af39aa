import { type Planted } from './edit';
import { type PlantedTree } from './tree';

/** Numbers from 0 (included) to 1 (excluded) that a seed repeats. */
export type Random = () => number;

/** Mulberry32: small, and the same on every machine. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(items: readonly T[], random: Random): T | undefined {
  return items[Math.floor(random() * items.length)];
}

/** The same items in another order. */
export function shuffle<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  const shuffled: T[] = [];
  while (left.length > 0) shuffled.push(...left.splice(Math.floor(random() * left.length), 1));
  return shuffled;
}

/** A place of a real tree where one kind of mistake can be made. */
export interface Place {
  /** File, and what is done there. */
  readonly at: string;
  /** undefined when chance gave a combination that is no mistake. */
  plant(random: Random): Planted | undefined;
}

/** Makes the mistake that a rule is about, wherever a tree has a place for it. */
export interface Mutator {
  readonly code: string;
  /** Release of Flux to judge by; absent: what the tree says. */
  readonly flux?: string;
  places(tree: PlantedTree): readonly Place[];
}
