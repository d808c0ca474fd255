import type { InputProblem } from '../../input/input-problem.js';
import type { CreateFence } from '../../job/input.js';

/** Of a way to tell a creation from others that a project does not have. `whose` says where it comes from, if not from the input. */
export function fenceProblem(chosen: CreateFence, possible: readonly CreateFence[], whose = ''): InputProblem {
  const ways = possible.map((one) => `"${one}"`).join(' or ');
  const message = `${whose}"${chosen}" does not exist on the job API of this project; use ${ways}, or leave it out`;
  return { path: 'createFence', message };
}
