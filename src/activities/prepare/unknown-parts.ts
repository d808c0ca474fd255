import type { WhatToRun } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import type { Keboola } from '../../keboola/keboola.js';

/** The result of looking up the things that an input names. */
export interface Parts {
  problems: InputProblem[];
  /** What could not be looked up, as text for people. */
  warning?: string;
}

/**
 * Finds the parts of a checked input that the project does not know or cannot run, before anything starts.
 *
 * @throws KeboolaError if the project cannot tell.
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
  // A part with a problem would not run anyway, so nobody needs to know whether it exists.
  const looked = await Promise.all(looks.filter(({ path }) => !told.includes(path)).map(lookUp));
  const warnings = looked.flatMap(({ warning }) => warning ?? []);
  return {
    problems: [...problems, ...looked.flatMap((parts) => parts.problems)],
    ...(warnings.length > 0 && { warning: warnings.join('; ') }),
  };
}

/** The look-up prevents jobs that would fail. A fault of Keboola's in it must not keep a good job from starting. */
async function lookUp({ what, missing }: Look): Promise<Parts> {
  try {
    return { problems: await missing() };
  } catch (error) {
    if (!(error instanceof KeboolaError) || error.kind !== 'unavailable') throw error;
    const warning = `could not check ${what}; if they do not, the job fails: ${error.message}`;
    return { problems: [], warning };
  }
}

interface Look {
  what: string;
  missing: () => Promise<InputProblem[]>;
}
