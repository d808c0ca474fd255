import { setHandler } from '@temporalio/workflow';
import { jobQuery, nudgeSignal, setTimeoutsUpdate, waitForCreatedUpdate } from '../job/messages.js';
import type { JobLife } from './job-life.js';
import { refuseBadTimeouts, refuseTimeouts } from './prepare/refuse-timeouts.js';

/** Which messages the workflow accepts. */
interface Accepted {
  timeouts: 'settable' | 'refused';
}

/**
 * Lets others query, signal and update the workflow of a job. The handlers must be set before the first await, or early
 * updates are refused.
 *
 * @param timeouts refused if nobody can stop the job: then its time cannot be limited.
 */
export function answerMessages(life: JobLife, { timeouts }: Accepted = { timeouts: 'settable' }): void {
  setHandler(jobQuery, () => life.state.snapshot, { description: 'The current view of the job' });
  setHandler(nudgeSignal, (why) => life.nudge(why), { description: 'Look at the job now' });
  setHandler(waitForCreatedUpdate, () => life.whenCreated(), { description: 'Answers once the job exists' });
  setHandler(setTimeoutsUpdate, (given) => life.setTimeouts(given), {
    description: 'Changes how long the job may wait and run',
    validator: timeouts === 'settable' ? refuseBadTimeouts : refuseTimeouts,
  });
}
