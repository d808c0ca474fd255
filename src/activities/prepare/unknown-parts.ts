import type { WhatToRun } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import type { Keboola } from '../../keboola/keboola.js';

/** What came of looking up what an input names. */
export interface Parts {
  problems: InputProblem[];
  /** What could not be looked up, for people. */
  warning?: string;
}

/**
 * What of a checked input the project does not know, or cannot run: told before anything starts.
 *
 * @throws KeboolaError when the project cannot tell.
 */
export async function unknownParts(keboola: Keboola, what: WhatToRun): Promise<Parts> {
  const missing = await keboola.components.missing(what.component);
  if (missing !== undefined) return { problems: [{ path: 'component', message: missing }] };
  const [missingConfig, jobs] = await Promise.all([keboola.components.missingConfig(what), keboola.jobs()]);
  const problems = [
    ...(missingConfig === undefined ? [] : [{ path: 'config', message: missingConfig }]),
    ...(await jobs.problemsOf(what)),
  ];
  // Of rows that nothing would run nobody need know whether they exist.
  const isInVain = problems.some(({ path }) => path === 'rows' || path === 'config');
  if (isInVain) return { problems };
  const rows = await unknownRows(keboola, what);
  return { ...rows, problems: [...problems, ...rows.problems] };
}

/** The look spares a job that would fail. One that Keboola answers with a fault of its own must not keep a good one from starting. */
async function unknownRows(keboola: Keboola, what: WhatToRun): Promise<Parts> {
  try {
    return { problems: await keboola.components.missingRows(what) };
  } catch (error) {
    if (!(error instanceof KeboolaError) || error.kind !== 'unavailable') throw error;
    const warning = `whether the rows exist could not be looked up; the job fails if one does not: ${error.message}`;
    return { problems: [], warning };
  }
}
