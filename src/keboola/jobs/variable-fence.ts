import type { WhatToRun } from '../../job/create/creation.js';
import { variablesOf } from '../project/variables.js';

/** Why a creation that was to be told from others by a variable is told by its run id. */
export const NO_VARIABLE = 'createFence is "variable", and "run-id" is used:';
export const HAS_VARIABLES = `${NO_VARIABLE} the configuration may have variables, whose values another one would replace`;

/**
 * Whether one more variable can go with a run: only where it has none of its own.
 *
 * @returns undefined where only the stored configuration tells.
 */
export function hasRoomForVariable(what: WhatToRun): boolean | undefined {
  const { config, configData, branchId, variableValuesId, variableValuesData } = what;
  if (variableValuesId !== undefined || variableValuesData !== undefined) return false;
  if (configData !== undefined) return variablesOf(configData) === 'none';
  // Of a configuration in a branch nothing is known.
  return config === undefined || branchId !== undefined ? false : undefined;
}
