import { DEFAULT_CONNECTION } from '../input.js';
import { isEnabled } from './enabled.js';
import type { PhaseInput, PipelineInput, PipelineJob, TaskInput } from './input.js';

/** Tasks of one phase that run the same configuration: Keboola runs its jobs only one after another. */
export interface SharedLock {
  /** Dotted path of the phase. */
  path: string;
  phase: string;
  component: string;
  config: string;
  /** How many tasks of the phase wait for each other. */
  tasks: number;
}

/** Finds shared locks, in nested pipelines too. */
export function sharedLocks(pipeline: PipelineInput, path = ''): SharedLock[] {
  return pipeline.phases.flatMap((phase, index) => {
    const here = `${path}phases.${index}`;
    const nested = phase.tasks.flatMap((task, at) =>
      task.pipeline && isEnabled(phase, task) ? sharedLocks(task.pipeline, `${here}.tasks.${at}.pipeline.`) : [],
    );
    return [...locksOf(enabledTasks(phase)).map((lock) => ({ path: here, phase: phase.name, ...lock })), ...nested];
  });
}

function enabledTasks(phase: PhaseInput): TaskInput[] {
  return phase.tasks.filter((task) => isEnabled(phase, task));
}

function locksOf(tasks: readonly TaskInput[]): Pick<SharedLock, 'component' | 'config' | 'tasks'>[] {
  const locks = new Map<string, { component: string; config: string; tasks: number }>();
  for (const task of tasks) {
    // A nested pipeline may run a configuration twice, in two phases, so a configuration counts once per task.
    const keys = new Map(jobsOf(task).flatMap((job) => (job.config === undefined ? [] : [[lockKey(job), job]])));
    for (const [key, { component, config = '' }] of keys) {
      locks.set(key, { component, config, tasks: (locks.get(key)?.tasks ?? 0) + 1 });
    }
  }
  return [...locks.values()].filter((lock) => lock.tasks > 1);
}

function jobsOf(task: TaskInput): PipelineJob[] {
  if (task.job) return [task.job];
  return task.pipeline ? task.pipeline.phases.flatMap((phase) => enabledTasks(phase).flatMap(jobsOf)) : [];
}

/** Row, tag and branch are no part of the lock (keboola/docker-bundle). */
function lockKey({ connection = DEFAULT_CONNECTION, component, config }: PipelineJob): string {
  return JSON.stringify([connection, component, config]);
}
