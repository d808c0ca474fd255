import { Dice } from './dice.js';

/** Which cases of a sweep a run plays; `npm run test:faults` asks for more than `npm test`. */
export interface Wanted {
  /** How many cases are played of each seed. */
  sample: number | 'all';
  seeds: number;
  /** One case by its name. */
  only?: string;
}

/** The cases of a run in the order of their seeds; the same seed has the same order on every machine. */
export function chosen<T extends { name: string }>(wanted: Wanted, casesOf: (dice: Dice) => readonly T[]): T[] {
  return Array.from({ length: wanted.seeds }, (_, seed) => {
    const dice = new Dice(seed + 1);
    const cases = dice.shuffled(casesOf(dice));
    // A name of another sweep leaves this one without cases, which is no reason to fail.
    if (wanted.only !== undefined) return cases.filter(({ name }) => name === wanted.only);
    return wanted.sample === 'all' ? cases : cases.slice(0, wanted.sample);
  }).flat();
}
