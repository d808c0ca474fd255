import type { InputProblem } from '../../input/input-problem.js';
import type { CreateFence } from '../../job/input.js';
import { DIALECT_NAMES, type Dialect } from '../connection/dialect.js';

/** The ways that a project has, by the dialect of its jobs. */
export interface PossibleFences {
  dialect: Dialect;
  possible: readonly CreateFence[];
}

/** Of a way to tell a creation from others that a project does not have. `whose` says where it comes from, if not from the input. */
export function fenceProblem(chosen: CreateFence, { dialect, possible }: PossibleFences, whose = ''): InputProblem {
  const ways = possible.map((one) => `"${one}"`).join(' or ');
  const message = `${whose}"${chosen}" does not exist on ${DIALECT_NAMES[dialect]}, on which this project runs its jobs; use ${ways}, or leave it out`;
  return { path: 'createFence', message };
}
