import { plainTable } from '../support/table.js';
import type { Played } from './play-case.js';

/** Whether the sandbox counted what the case allows, and the table has the right rows or those that it had. */
export function isRight({ case: { expected, operation }, counted, before }: Played): boolean {
  const wanted = (['posts', 'jobs', 'told', 'adopted'] as const).every(
    (what) => expected[what] === undefined || counted[what] === expected[what],
  );
  const rows = counted.told === 'success' ? operation.rows : before;
  return wanted && counted.tables <= 1 && same(counted.rows, rows);
}

/** In whatever order: an incremental load by key may sort. */
function same(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}

/** One row per family; whatever is wrong is listed by name below. */
export function storageSummary(played: readonly Played[]): string {
  const families = [...new Set(played.map((one) => one.case.family))].sort();
  const rows = families.map((family) => {
    const of = played.filter((one) => one.case.family === family);
    const count = (holds: (one: Played) => boolean): number => of.filter(holds).length;
    const sum = (what: 'posts' | 'jobs'): number => of.reduce((total, { counted }) => total + counted[what], 0);
    return [
      family,
      of.length,
      count(({ counted }) => counted.told === 'success'),
      count(({ counted }) => counted.adopted === true),
      count(({ counted }) => counted.told === 'CreateAmbiguous'),
      sum('posts'),
      sum('jobs'),
      count((one) => !isRight(one)),
    ];
  });
  const head = ['family', 'cases', 'right rows', 'adopted', 'ambiguous', 'POSTs', 'jobs', 'wrong'];
  const wrong = played.filter((one) => !isRight(one));
  return [
    plainTable([head, ...rows]),
    ...wrong.map((one) => `wrong: ${one.case.name}: ${JSON.stringify(one.counted)}`),
  ].join('\n');
}
