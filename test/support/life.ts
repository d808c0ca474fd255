import type { CreatedJob } from '../../src/job/create/creation.js';
import type { RunPlan } from '../../src/job/run-plan.js';
import type { Deadline } from '../../src/job/wait/budgets.js';

/** When a life begins that is only computed. */
export const NOW_MS = Date.parse('2026-01-01T00:00:00Z');

/** A plan as plain as one can be. */
export const PLAN: RunPlan = {
  connection: 'default',
  project: { id: '1', name: 'P', jobsPage: 'https://k/jobs' },
  component: 'keboola.ex-http',
  config: 'daily',
  made: { by: 'run', fence: 'run-id' },
  onWarning: 'accept',
  onTerminated: 'cancel',
  onAmbiguousCreate: 'fail',
  children: 'observe',
  searchAttributes: true,
};

/** The job that Keboola has answered to its creation. */
export const CREATED: CreatedJob = { jobId: '7', status: 'waiting', runId: '9.7', url: 'https://k/job/7' };

/** A limit that is over then. */
export function deadlineAt(atMs: number): Deadline {
  return { which: 'queueTimeout', atMs, budgetMs: 1 };
}
