import type { WhatToRun } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';
import type { VariableValues } from '../../job/input.js';

const NO_PARAMS =
  'is for native applications; this project runs its jobs on Queue v2, where all is part of "configData"';
const NO_FLOW = 'is for components "keboola.flow" alone; any other one would run all of its tasks';
const NO_ROWS = 'would be ignored beside "configData", which is run instead of the stored configuration';
const NO_VALUE = 'is empty, which Queue v2 refuses; leave the variable out, or give it a value';
const NO_TYPE = 'needs a "type", without which nothing of it is looked at';

/** The only component that can run single tasks; any other would run all of them (keboola/cli pull request 732). */
const FLOW = 'keboola.flow';

/** What Queue v2 would ignore or refuse. */
export function queueRunProblems({ component, params, flowTasks, rows, ...others }: WhatToRun): InputProblem[] {
  const { configData, backend, variableValuesData } = others;
  return [
    ...(params === undefined ? [] : [{ path: 'params', message: NO_PARAMS }]),
    ...(flowTasks === undefined || component === FLOW ? [] : [{ path: 'flowTasks', message: NO_FLOW }]),
    ...(rows === undefined || configData === undefined ? [] : [{ path: 'rows', message: NO_ROWS }]),
    ...(backend === undefined || backend.type !== undefined ? [] : [{ path: 'backend', message: NO_TYPE }]),
    ...emptyValues(variableValuesData),
  ];
}

/** Name and value of a variable need at least one character each (`keboola-queue-api-openapi.yml` 1.3.8). */
function emptyValues({ values }: VariableValues = { values: [] }): InputProblem[] {
  return values.flatMap(({ value }, at) =>
    value === '' ? [{ path: `variableValuesData.values.${at}.value`, message: NO_VALUE }] : [],
  );
}
