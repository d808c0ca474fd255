import { setHandler } from '@temporalio/workflow';
import { jobQuery, nudgeSignal, setTimeoutsUpdate, waitForCreatedUpdate } from '../job/messages.js';
import type { JobLife } from './job-life.js';
import { refuseBadTimeouts, refuseTimeouts } from './prepare/refuse-timeouts.js';

/** What of all messages is taken. */
interface Accepted {
  timeouts: 'settable' | 'refused';
}

/**
 * How others ask a workflow of its job, and tell it something. Handlers must stand before the first await, or early
 * updates are refused.
 *
 * @param timeouts refused where nobody can stop the job: then its time cannot be limited.
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
