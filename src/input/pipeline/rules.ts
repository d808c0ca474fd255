import { TASK_KINDS } from '../../job/pipeline/kinds.js';
import type { InputProblem, InputRules } from '../input-problem.js';
import { isRecord, secretProblems } from '../find-problems.js';
import { leafKinds } from './kinds.js';
import type { FoundPipeline, FoundTask } from './nested.js';

/** Violated rules between the parts of a pipeline, reported even if single fields are invalid, too. */
export function brokenPipelineRules({ tasks, enabled }: FoundPipeline): InputProblem[] {
  if (!enabled) return [];
  return [...tasks.filter((task) => task.enabled).flatMap(taskProblems), ...doubledIds(tasks)];
}

/** Secrets and tokens in the inputs of tasks, and in names. */
export function pipelineSecrets(found: FoundPipeline, rules: InputRules): InputProblem[] {
  const { phases, ...own } = found.pipeline;
  const names = Array.isArray(phases) ? phases.map((phase: unknown) => (isRecord(phase) ? phase['name'] : phase)) : [];
  return [
    ...below(found.path.replace(/\.$/, ''), secretProblems({ ...own, phases: names }, rules)),
    ...found.tasks.flatMap(({ task, path }) => {
      const inputs = leafInputs(task);
      const { pipeline, ...others } = task;
      const own = Object.fromEntries(
        Object.entries(others).filter(([key]) => inputs.every(({ kind }) => kind !== key)),
      );
      const inside = inputs.flatMap(({ kind, input, of }) =>
        below(`${path}.${kind}`, secretProblems(of.scanned(input), rules)),
      );
      return [...below(path, secretProblems(own, rules)), ...inside];
    }),
  ];
}

function taskProblems({ task, path }: FoundTask): InputProblem[] {
  const kinds = TASK_KINDS.filter((kind) => task[kind] !== undefined);
  const problems = leafInputs(task).flatMap(({ kind, input, of }) => below(`${path}.${kind}`, of.broken(input)));
  if (kinds.length === 0) {
    problems.push({ path, message: `names nothing to run: give ${TASK_KINDS.map((kind) => `"${kind}"`).join(', ')}` });
  }
  if (kinds.length > 1)
    problems.push({ path, message: `has ${kinds.join(' and ')}, but a task can have only one of them` });
  if (task['pipeline'] !== undefined && task['retry'] !== undefined) {
    problems.push({
      path: `${path}.retry`,
      message: 'is only for single tasks; give it to the tasks of the nested pipeline',
    });
  }
  return problems;
}

/** The inputs of a task, by kind; a valid task has exactly one. */
function leafInputs(task: Record<string, unknown>): LeafInput[] {
  return leafKinds.flatMap(([kind, of]) => {
    const input = task[kind];
    return isRecord(input) ? [{ kind, input, of }] : [];
  });
}

interface LeafInput {
  kind: string;
  input: Record<string, unknown>;
  of: (typeof leafKinds)[number][1];
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
