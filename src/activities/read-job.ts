import { cancellationSignal } from '@temporalio/activity';
import type { JobReading } from '../job/run-plan.js';
import type { ActivityDeps } from './deps.js';
import { toNoAnswer } from './failures.js';

/** Which job, for the activities that concern one. */
export interface JobRef {
  connection: string;
  jobId: string;
}

/** Looks at a job once. */
export async function readJob(deps: ActivityDeps, { connection, jobId }: JobRef): Promise<JobReading> {
  try {
    const jobs = await deps.connections.get(connection).jobs();
    return { kind: 'read', ...(await jobs.get(jobId, cancellationSignal())) };
  } catch (error) {
    return toNoAnswer(error);
  }
}
