import { RESERVED_KINDS } from '../job/pipeline/input.js';
import { brokenRules } from './field-rules.js';
import type { InputProblem, InputRules } from './input.js';
import { secretProblems } from './input-problems.js';
import { isRecord, type FoundPipeline, type FoundTask } from './pipeline-tree.js';

const KINDS = ['job', 'pipeline', ...RESERVED_KINDS];

/** What the parts of a pipeline demand of each other, told even while single fields are wrong. */
export function brokenPipelineRules({ tasks }: FoundPipeline): InputProblem[] {
  return [...tasks.flatMap(taskProblems), ...doubledIds(tasks)];
}

/** Secrets and tokens, in jobs and in names. */
export function pipelineSecrets(found: FoundPipeline, rules: InputRules): InputProblem[] {
  const { phases, ...own } = found.pipeline;
  const names = Array.isArray(phases) ? phases.map((phase: unknown) => (isRecord(phase) ? phase['name'] : phase)) : [];
  return [
    ...below(found.path.replace(/\.$/, ''), secretProblems({ ...own, phases: names }, rules)),
    ...found.tasks.flatMap(({ task, path }) => {
      const { job, pipeline, ...others } = task;
      const inJob = isRecord(job) ? below(`${path}.job`, secretProblems(job, rules)) : [];
      return [...below(path, secretProblems(others, rules)), ...inJob];
    }),
  ];
}

function taskProblems({ task, path }: FoundTask): InputProblem[] {
  const kinds = KINDS.filter((kind) => task[kind] !== undefined);
  const jobRules = isRecord(task['job']) ? below(`${path}.job`, brokenRules(task['job'])) : [];
  const problems = [...jobRules];
  if (kinds.length === 0) problems.push({ path, message: 'names nothing to run: give "job" or "pipeline"' });
  if (kinds.length > 1) problems.push({ path, message: `has ${kinds.join(' and ')}, and can be only one of them` });
  if (task['pipeline'] !== undefined && task['retry'] !== undefined) {
    problems.push({ path: `${path}.retry`, message: 'is for jobs; give it to those of the nested pipeline' });
  }
  return problems;
}

function doubledIds(tasks: readonly FoundTask[]): InputProblem[] {
  const first = new Map<unknown, string>();
  return tasks.flatMap(({ task: { id }, path }) => {
    const where = first.get(id);
    if (id === undefined || where === undefined) {
      first.set(id, path);
      return [];
    }
    return [{ path: `${path}.id`, message: `is taken already, by ${where}` }];
  });
}

function below(prefix: string, problems: readonly InputProblem[]): InputProblem[] {
  return problems.map((problem) => ({
    ...problem,
    path: [prefix, problem.path].filter((part) => part !== '').join('.'),
  }));
}
