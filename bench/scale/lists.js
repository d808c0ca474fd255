/** Of the ends of a project's jobs, as the watcher asks for them; any other list is of the jobs of one tree. */
const OF_ENDS = /endTime/;

/**
 * How the lists that the sandbox was asked for divide.
 *
 * @param {{ number: number, route: string, path: string }[]} log its latest requests, oldest first.
 * @param {number} sinceNumber of the last one that does not count.
 * @returns {{ ended: number, tree: number }}
 * @throws Error where the log does not go back so far.
 */
export function listsIn(log, sinceNumber) {
  const [first] = log;
  if (first && first.number > sinceNumber + 1)
    throw new Error('The log of the sandbox is too short for so many requests');
  const lists = log.filter(({ number, route }) => number > sinceNumber && route === 'list');
  const ended = lists.filter(({ path }) => OF_ENDS.test(path)).length;
  return { ended, tree: lists.length - ended };
}
