import { plainTable } from '../support/table.js';
import type { Played } from './play-case.js';

export function isRight({ case: { expected }, counted }: Played): boolean {
  return counted.told === expected.told && counted.left === expected.left && counted.posts === 1;
}

/** One row per family; whatever is wrong is listed by name below. */
export function waitSummary(played: readonly Played[]): string {
  const families = [...new Set(played.map((one) => one.case.family))].sort();
  const rows = families.map((family) => {
    const of = played.filter((one) => one.case.family === family);
    const sum = (what: 'posts' | 'left'): number => of.reduce((total, { counted }) => total + counted[what], 0);
    return [family, of.length, sum('posts'), sum('left'), of.filter((one) => !isRight(one)).length];
  });
  const wrong = played.filter((one) => !isRight(one));
  return [
    plainTable([['family', 'cases', 'POSTs', 'left running', 'wrong'], ...rows]),
    ...wrong.map((one) => `wrong: ${one.case.name}: ${JSON.stringify(one.counted)}`),
  ].join('\n');
}
