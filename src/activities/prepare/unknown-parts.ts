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
  const told = problems.map(({ path }) => path);
  if (told.includes('config')) return { problems };
  const { components } = keboola;
  const looks = [
    { path: 'rows', what: 'whether the rows exist', missing: () => components.missingRows(what) },
    { path: 'flowTasks', what: 'whether the tasks of the flow exist', missing: () => components.missingTasks(what) },
    { path: 'variableValuesId', what: 'whether these values exist', missing: () => components.missingValues(what) },
  ];
  // Of rows that nothing would run nobody need know whether they exist.
  const looked = await Promise.all(looks.filter(({ path }) => !told.includes(path)).map(lookUp));
  const warnings = looked.flatMap(({ warning }) => warning ?? []);
  return {
    problems: [...problems, ...looked.flatMap((parts) => parts.problems)],
    ...(warnings.length > 0 && { warning: warnings.join('; ') }),
  };
}

/** The look spares a job that would fail. One that Keboola answers with a fault of its own must not keep a good one from starting. */
async function lookUp({ what, missing }: Look): Promise<Parts> {
  try {
    return { problems: await missing() };
  } catch (error) {
    if (!(error instanceof KeboolaError) || error.kind !== 'unavailable') throw error;
    const warning = `${what} could not be looked up; the job fails if not: ${error.message}`;
    return { problems: [], warning };
  }
}

interface Look {
  what: string;
  missing: () => Promise<InputProblem[]>;
}
