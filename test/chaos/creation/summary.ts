import { plainTable } from '../support/table.js';
import type { Played } from './play-case.js';

/** Whether the sandbox counted what the case allows, and nothing else. */
export function isRight({ case: { expected }, counted }: Played): boolean {
  const adopted = expected.adopted === undefined || counted.adopted === expected.adopted;
  const { posts, runs, jobs, told } = expected;
  return adopted && counted.posts === posts && counted.runs === runs && counted.jobs === jobs && counted.told === told;
}

/** One row per family; whatever is wrong, and whatever ended as ambiguous, is listed by name below. */
export function creationSummary(played: readonly Played[]): string {
  const families = [...new Set(played.map((one) => one.case.family))].sort();
  const rows = families.map((family) => {
    const of = played.filter((one) => one.case.family === family);
    const count = (holds: (one: Played) => boolean): number => of.filter(holds).length;
    const sum = (what: 'posts' | 'jobs' | 'runs'): number =>
      of.reduce((total, { counted }) => total + counted[what], 0);
    return [
      family,
      of.length,
      count(({ counted }) => counted.runs === 1),
      count(({ counted }) => counted.adopted === true),
      count(({ counted }) => counted.told === 'CreateAmbiguous'),
      ...(['posts', 'jobs', 'runs'] as const).map(sum),
      count((one) => !isRight(one)),
    ];
  });
  const head = ['family', 'cases', 'one job ran', 'adopted', 'ambiguous', 'POSTs', 'jobs', 'runs', 'wrong'];
  const ambiguous = played.filter(({ counted }) => counted.told === 'CreateAmbiguous');
  const wrong = played.filter((one) => !isRight(one));
  return [
    plainTable([head, ...rows]),
    ...ambiguous.map((one) => `ambiguous: ${one.case.name}`),
    ...wrong.map((one) => `wrong: ${one.case.name}: ${JSON.stringify(one.counted)}`),
  ].join('\n');
}
