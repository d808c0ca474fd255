import type { WhatToRun } from '../../job/create/creation.js';
import type { Keboola } from '../../keboola/keboola.js';

const NO_VALUES =
  'the configuration has variables, and neither variableValuesId nor variableValuesData gives them values: ' +
  'the job fails, or runs with empty ones. Give one of the two, or store default values with the configuration';

/** Source: keboola/cli pull request 732. */
const ONLY_SOME_TASKS =
  "flowTasks: these tasks run one after another, without the flow's conditions; a failing task does not stop the " +
  "next, and the job's status is that of its last phase. " +
  '"success" does not mean that every task succeeded: check each one';

/**
 * Warns about what an input's author may have overlooked, although Keboola accepts it. It costs no request of its own.
 *
 * @throws KeboolaError if the project cannot tell.
 */
export async function warningsOf(keboola: Keboola, what: WhatToRun): Promise<string[]> {
  return [
    ...((await keboola.components.forgetsVariables(what)) ? [NO_VALUES] : []),
    ...(what.flowTasks === undefined ? [] : [ONLY_SOME_TASKS]),
  ];
}
