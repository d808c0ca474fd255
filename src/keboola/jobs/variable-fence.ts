import type { WhatToRun } from '../../job/create/creation.js';
import { variablesOf } from '../project/variables.js';

/** Why a creation uses its RunId as the fence instead of a variable. */
export const NO_VARIABLE = 'createFence is "variable", and "run-id" is used:';
export const HAS_VARIABLES = `${NO_VARIABLE} the configuration may have variables, whose values another one would replace`;

/**
 * Whether a run has room for our variable: only if it has no variables of its own.
 *
 * @returns undefined if only the stored configuration can tell.
 */
export function hasRoomForVariable(what: WhatToRun): boolean | undefined {
  const { config, configData, branchId, variableValuesId, variableValuesData } = what;
  if (variableValuesId !== undefined || variableValuesData !== undefined) return false;
  if (configData !== undefined) return variablesOf(configData) === 'none';
  // We know nothing about a configuration in a branch.
  return config === undefined || branchId !== undefined ? false : undefined;
}
