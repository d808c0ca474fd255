import type { WhatToRun } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';
import { componentKind } from './component-path.js';

const DOCKER_ONLY = ['rows', 'tag', 'branchId', 'variableValuesId', 'variableValuesData'] as const;

const FOR_DOCKER = 'is for docker components only; this is a native application, its own fields go into "params"';
const FOR_NATIVE = 'are the own fields of a native application; this is a docker component, which takes none but ours';

/** What a component of this kind would refuse or ignore: each kind has its own keys (keboola/docker-bundle `mapping.json`). */
export function runProblems(what: WhatToRun, componentUri: string | undefined): InputProblem[] {
  if (componentKind(what.component, componentUri) === 'docker') {
    return what.params === undefined ? [] : [{ path: 'params', message: FOR_NATIVE }];
  }
  const fields: string[] = DOCKER_ONLY.filter((field) => what[field] !== undefined);
  if (what.mode === 'debug') fields.push('mode');
  return fields.map((path) => ({ path, message: path === 'mode' ? `"debug" ${FOR_DOCKER}` : FOR_DOCKER }));
}
