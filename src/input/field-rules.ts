import type { InputProblem } from './input-problem.js';

/** An input needs at least one of these fields, which say what to run. */
export const SAYS_WHAT_TO_RUN = ['config', 'configData', 'params'];

interface FieldRule {
  path: string;
  isBroken: (given: ReadonlySet<string>, input: Readonly<Record<string, unknown>>) => boolean;
  message: string;
}

const RULES: readonly FieldRule[] = [
  {
    path: 'config',
    isBroken: (given) => !SAYS_WHAT_TO_RUN.some((field) => given.has(field)),
    message: 'names nothing to run: give "config" (a stored configuration) or "configData" (an inline one)',
  },
  {
    path: 'rows',
    isBroken: (given) => given.has('rows') && !given.has('config'),
    message: 'needs "config", the stored configuration that the row is of',
  },
  {
    path: 'variableValuesData',
    isBroken: (given) => given.has('variableValuesData') && given.has('variableValuesId'),
    message: 'cannot be given together with "variableValuesId"',
  },
  {
    path: 'delayedStartTime',
    isBroken: (given) => given.has('delayedStartTime') && given.has('delay'),
    message: 'cannot be given together with "delay"',
  },
  {
    path: 'onForeignJob',
    isBroken: (given, { onForeignJob }) =>
      given.has('onForeignJob') && onForeignJob !== 'ignore' && !given.has('config'),
    message: 'needs "config": others can be seen to run a stored configuration, not an inline one',
  },
  {
    path: 'flowTasks',
    isBroken: (given) => given.has('flowTasks') && !given.has('config'),
    message: 'needs "config", the flow that the tasks are of',
  },
];

/** Violated rules between the fields of a call that creates a job. */
export function brokenActionRules({ method, body }: Readonly<Record<string, unknown>>): InputProblem[] {
  return method === 'GET' && body !== undefined ? [{ path: 'body', message: 'cannot be given with GET' }] : [];
}

/** Violated rules between the fields of an input, reported even if single fields are invalid, too. */
export function brokenRules(input: Readonly<Record<string, unknown>>): InputProblem[] {
  const given = new Set(Object.keys(input).filter((field) => input[field] !== undefined));
  return RULES.filter(({ isBroken }) => isBroken(given, input)).map(({ path, message }) => ({ path, message }));
}
