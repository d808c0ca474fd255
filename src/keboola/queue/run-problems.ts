import type { WhatToRun } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';

const NO_PARAMS =
  'is for native applications; this project runs its jobs on Queue v2, where all is part of "configData"';

/** What Queue v2 would ignore. */
export function queueRunProblems({ params }: WhatToRun): InputProblem[] {
  return params === undefined ? [] : [{ path: 'params', message: NO_PARAMS }];
}
