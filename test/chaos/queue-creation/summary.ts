import { plainTable } from '../support/table.js';
import type { PlayedCreation } from './play-case.js';

/**
 * Whether one job ran and its end was told, or none was made and that was told as what it is, or nobody could know it. With
 * `recreate` in a project where nothing else happens the author has allowed a second one.
 */
export function isRight({ case: one, jobs, runs, told }: PlayedCreation): boolean {
  // Nothing was made, so the same goes once more by its run id.
  if (one.createFence === 'variable' && one.fate.refusedAs === 'CreateRefused' && told === 'success') return jobs === 1;
  if (one.fate.refusedAs !== undefined) return told === one.fate.refusedAs && jobs === 0;
  if (told === 'success') return runs === 1 && jobs === 1;
  if (told !== 'CreateAmbiguous') return false;
  return isDropped(one) ? jobs <= 1 : mayBeAmbiguous(one) && jobs === 0;
}

/** Nothing was made, in a project in which nothing tells how far the index has come, and no second job is allowed. */
function mayBeAmbiguous({ isBusy, fate, onAmbiguousCreate }: PlayedCreation['case']): boolean {
  return !isBusy && !fate.made && onAmbiguousCreate === 'fail';
}

/** The fence was lost on its way, so that nothing tells the job from others. */
export function isDropped({ settings }: PlayedCreation['case']): boolean {
  return settings['queueVariables'] === 'dropped';
}

export function isAmbiguous({ told }: PlayedCreation): boolean {
  return told === 'CreateAmbiguous';
}

/** A row for each way to create, in a busy and in a quiet project; what is wrong or ambiguous is listed by name below. */
export function queueCreationSummary(played: readonly PlayedCreation[]): string {
  const groupOf = ({ case: one }: PlayedCreation): string => `${one.createFence}, ${one.isBusy ? 'busy' : 'quiet'}`;
  const groups = [...new Set(played.map(groupOf))].sort();
  const rows = groups.map((group) => {
    const of = played.filter((one) => groupOf(one) === group);
    const count = (holds: (one: PlayedCreation) => boolean): number => of.filter(holds).length;
    const sum = (what: 'posts' | 'jobs' | 'runs'): number => of.reduce((total, one) => total + one[what], 0);
    return [
      group,
      of.length,
      count(({ runs }) => runs === 1),
      count(isAmbiguous),
      ...(['posts', 'jobs', 'runs'] as const).map(sum),
      count((one) => !isRight(one)),
    ];
  });
  const line = (word: string, { case: one, posts, jobs, runs, told }: PlayedCreation): string =>
    `${word}: ${one.name} (${one.onAmbiguousCreate}): ${JSON.stringify({ posts, jobs, runs, told })}`;
  return [
    plainTable([['creation', 'cases', 'one job ran', 'ambiguous', 'POSTs', 'jobs', 'runs', 'wrong'], ...rows]),
    ...played.filter(isAmbiguous).map((one) => line('ambiguous', one)),
    ...played.filter((one) => !isRight(one)).map((one) => line('wrong', one)),
  ].join('\n');
}
