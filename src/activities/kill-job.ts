import type { KillAnswer } from '../job/run-plan.js';
import { KeboolaError } from '../keboola/errors.js';
import type { ActivityDeps } from './deps.js';
import { toNoAnswer } from './failures.js';

/** Which job, for the activities that concern one. */
export interface JobRef {
  connection: string;
  jobId: string;
}

/** Asks Keboola to stop a job. Asking twice, or after the end, does no harm. */
export async function killJob(deps: ActivityDeps, { connection, jobId }: JobRef): Promise<KillAnswer> {
  try {
    const jobs = await deps.connections.get(connection).jobs();
    await jobs.kill(jobId);
    return { kind: 'asked' };
  } catch (error) {
    // A job that has ended is refused with 400 or 404, on some stacks even with 500: a read tells what is true.
    if (error instanceof KeboolaError && (error.kind === 'refused' || error.kind === 'not-found')) {
      return { kind: 'not-possible', message: error.message };
    }
    return toNoAnswer(error);
  }
}
