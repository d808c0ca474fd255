import type { WhatToRun } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';
import { componentKind } from './component-path.js';

const DOCKER_ONLY = ['rows', 'tag', 'branchId', 'variableValuesId', 'variableValuesData'] as const;

const FOR_DOCKER = 'is for docker components only; this is a native application, its own fields go into "params"';
const FOR_NATIVE =
  'are for native applications only; this is a docker component, which accepts only the documented fields';

const QUEUE_ONLY = ['backend', 'parallelism', 'delay', 'delayedStartTime', 'flowTasks'] as const;
const FOR_QUEUE = 'is for projects on Queue v2; this one runs its jobs on Syrup';
/** The address has room for only one of the two (keboola/docker-bundle `routing.yml`). */
const NO_TAG = 'cannot be given together with mode "debug"';
const ONE_ROW = 'a Syrup job runs exactly one row; start a job for each';

/** The fields that Syrup would ignore or misunderstand. */
export function runProblems(what: WhatToRun, componentUri: string | undefined): InputProblem[] {
  const fields: string[] = QUEUE_ONLY.filter((field) => what[field] !== undefined);
  return [
    ...fields.map((path) => ({ path, message: FOR_QUEUE })),
    ...(what.mode === 'force-run' ? [{ path: 'mode', message: `"force-run" ${FOR_QUEUE}` }] : []),
    ...((what.rows?.length ?? 0) > 1 ? [{ path: 'rows', message: ONE_ROW }] : []),
    ...kindProblems(what, componentUri),
  ];
}

/** What this kind of component would refuse or ignore: each has its own keys (keboola/docker-bundle `mapping.json`). */
function kindProblems(what: WhatToRun, componentUri: string | undefined): InputProblem[] {
  if (componentKind(what.component, componentUri) === 'docker') {
    return [
      ...(what.params === undefined ? [] : [{ path: 'params', message: FOR_NATIVE }]),
      ...(what.mode === 'debug' && what.tag !== undefined ? [{ path: 'tag', message: NO_TAG }] : []),
    ];
  }
  const fields: string[] = DOCKER_ONLY.filter((field) => what[field] !== undefined);
  if (what.mode === 'debug') fields.push('mode');
  return fields.map((path) => ({ path, message: path === 'mode' ? `"debug" ${FOR_DOCKER}` : FOR_DOCKER }));
}
