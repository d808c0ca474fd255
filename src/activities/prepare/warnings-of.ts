import type { WhatToRun } from '../../job/create/creation.js';
import type { Keboola } from '../../keboola/keboola.js';

const NO_VALUES =
  'the configuration has variables, and neither variableValuesId nor variableValuesData gives them values: ' +
  'the job fails, or runs with empty ones. Give one of the two, or store default values with the configuration';

/**
 * What the author of an input may have overlooked, though Keboola takes it. It costs no request of its own.
 *
 * @throws KeboolaError when the project cannot tell.
 */
export async function warningsOf(keboola: Keboola, what: WhatToRun): Promise<string[]> {
  return (await keboola.components.forgetsVariables(what)) ? [NO_VALUES] : [];
}
