import { durationPaths } from '../../input/pipeline/durations.js';
import type { InputProblem } from '../../input/input-problem.js';
import { durationMs } from '../../job/text/duration.js';
import { findPipelines } from '../../input/pipeline/nested.js';
import { isRecord } from '../../input/find-problems.js';

const DURATIONS = durationPaths();

/**
 * What a file must obey beyond the input of `runPipeline`: a duration has its unit. To a program 90 is milliseconds;
 * the author of a file means seconds or minutes, and the job would be stopped at once.
 *
 * @param depthMax of pipelines within pipelines; deeper ones are refused elsewhere.
 */
export function fileProblems(value: unknown, depthMax: number): InputProblem[] {
  return findPipelines(value, depthMax).flatMap(({ tasks }) =>
    tasks.flatMap(({ task, path }) => durationProblems(task, path)),
  );
}

function durationProblems(task: unknown, path: string): InputProblem[] {
  return DURATIONS.flatMap((fields) => {
    const given = fields.reduce<unknown>((value, field) => (isRecord(value) ? value[field] : undefined), task);
    if (given === undefined || (typeof given === 'string' && durationMs(given) !== undefined)) return [];
    return [{ path: [path, ...fields].join('.'), message: durationAdvice(given) }];
  });
}

function durationAdvice(given: unknown): string {
  const amount = typeof given === 'number' || typeof given === 'string' ? String(given) : '';
  const isBare = /^\d{1,9}$/.test(amount);
  const advice = isBare ? `"${amount}s", "${amount}m" or "${amount}ms"` : '"90s", "30m", "2h" or "1d"';
  return `${isBare ? 'has no unit' : 'is not a duration between 1 ms and 365 days'}; write for example ${advice}`;
}
