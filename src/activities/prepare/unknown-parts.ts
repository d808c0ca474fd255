import type { WhatToRun } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';
import type { Keboola } from '../../keboola/keboola.js';

/**
 * What of a checked input the project does not know, or cannot run: told before anything starts.
 *
 * @throws KeboolaError when the project cannot tell.
 */
export async function unknownParts(keboola: Keboola, what: WhatToRun): Promise<InputProblem[]> {
  const missing = await keboola.components.missing(what.component);
  if (missing !== undefined) return [{ path: 'component', message: missing }];
  const [missingConfig, jobs] = await Promise.all([keboola.components.missingConfig(what), keboola.jobs()]);
  const problems = [
    ...(missingConfig === undefined ? [] : [{ path: 'config', message: missingConfig }]),
    ...(await jobs.problemsOf(what)),
  ];
  // Of rows that nothing would run nobody need know whether they exist.
  const isInVain = problems.some(({ path }) => path === 'rows' || path === 'config');
  return isInVain ? problems : [...problems, ...(await keboola.components.missingRows(what))];
}
