import type { InputProblem } from '../../input/input-problem.js';
import type { CreateFence } from '../../job/input.js';
import { DIALECT_NAMES, type Dialect } from '../connection/dialect.js';

/** The fences that are possible in a project, by its dialect. */
export interface PossibleFences {
  dialect: Dialect;
  possible: readonly CreateFence[];
}

/** The problem of a fence that the project lacks. `whose` says where the choice comes from, if not from the input. */
export function fenceProblem(chosen: CreateFence, { dialect, possible }: PossibleFences, whose = ''): InputProblem {
  const ways = possible.map((one) => `"${one}"`).join(' or ');
  const message = `${whose}"${chosen}" does not exist on ${DIALECT_NAMES[dialect]}, on which this project runs its jobs; use ${ways}, or leave it out`;
  return { path: 'createFence', message };
}
