import type { z } from 'zod';
import { DEPTH_MAX, PHASES_MAX, TASKS_MAX, type PipelineInput } from '../../job/pipeline/input.js';
import type { Checked } from '../check-input.js';
import type { InputProblem, InputRules } from '../input-problem.js';
import { bounded, describe, isRecord, issueProblems, numberProblems, sizeProblems, toJson } from '../find-problems.js';
import { brokenPipelineRules, pipelineSecrets } from './rules.js';
import { FIELD_OWNERS, PipelineSchema } from './schema.js';
import { withoutSkippedWork } from './skipped-work.js';
import { findPipelines, type FoundPipeline } from './nested.js';

const OF_THE_PIPELINE = 'is given by the pipeline; only the outermost pipeline may have it';

/** Checks a pipeline with everything in it and reports all of its problems at once. */
export function checkPipelineInput(input: unknown, rules: InputRules = {}): Checked<PipelineInput> {
  if (!isRecord(input)) return refused([{ path: '', message: `expected a JSON object, got ${describe(input)}` }]);
  const json = toJson(input);
  if (json === undefined) return refused([{ path: '', message: 'cannot be written as JSON (a cycle, a BigInt)' }]);
  const pipelines = findPipelines(input, DEPTH_MAX);
  // An input that is too large is not checked any further.
  const tooLarge = [...sizeProblems(json), ...boundProblems(pipelines)];
  if (tooLarge.length > 0) return refused(tooLarge);
  const skipsSome = pipelines.some(({ tasks }) => tasks.some(({ enabled }) => !enabled));
  const parsed = PipelineSchema.safeParse(skipsSome ? withoutSkippedWork(input) : input);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap(problemsOfIssue)),
    ...pipelines.flatMap(brokenPipelineRules),
    ...numberProblems(input),
    ...pipelines.flatMap((pipeline) => pipelineSecrets(pipeline, rules)),
  ];
  if (!parsed.success || problems.length > 0) return refused(problems);
  // What a skipped task would run is kept, because views and results show it.
  return { ok: true, value: (skipsSome ? input : parsed.data) as unknown as PipelineInput };
}

function refused(problems: readonly InputProblem[]): Checked<never> {
  return { ok: false, problems: bounded(problems) };
}

function boundProblems(pipelines: readonly FoundPipeline[]): InputProblem[] {
  const phases = sum(pipelines.map((pipeline) => pipeline.phases));
  const tasks = sum(pipelines.map((pipeline) => pipeline.tasks.length));
  const tooDeep = pipelines.find(({ depth }) => depth > DEPTH_MAX);
  return [
    ...(phases > PHASES_MAX ? [{ path: '', message: `has ${phases} phases in all, at most ${PHASES_MAX}` }] : []),
    ...(tasks > TASKS_MAX ? [{ path: '', message: `has ${tasks} tasks in all, at most ${TASKS_MAX}` }] : []),
    ...(tooDeep ? [{ path: tooDeep.path, message: `pipelines are nested deeper than ${DEPTH_MAX} levels` }] : []),
  ];
}

/** A field that is allowed elsewhere deserves a better message than "unknown field". */
function problemsOfIssue(issue: z.core.$ZodIssue): InputProblem[] {
  // A key may have dots of its own.
  const above = issue.path.map((part) => `${String(part)}.`).join('');
  return issueProblems(issue, PipelineSchema).map((problem) => {
    if (issue.code !== 'unrecognized_keys') return problem;
    const key = problem.path.slice(above.length);
    return { ...problem, message: key === 'parentRunId' ? OF_THE_PIPELINE : (misplaced(key) ?? problem.message) };
  });
}

/** @returns undefined if nothing in a pipeline has such a field. */
function misplaced(key: string): string | undefined {
  const owners = FIELD_OWNERS.filter(({ fields }) => fields.includes(key)).map(({ owner }) => owner);
  if (owners.length === 0) return undefined;
  return `unknown field: it belongs to ${owners.join(' or ')}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
