import type { Job, JobStatus } from '../job-record.js';
import type { World } from '../world.js';
import type { NotificationEvent } from './subscription.js';

/** If nobody takes the notices, only the latest are kept. */
const NOTICES_MAX = 10_000;

/** No source mentions an event for a terminated or cancelled job. */
const EVENTS: Partial<Record<JobStatus, NotificationEvent>> = {
  success: 'job-succeeded',
  warning: 'job-succeeded-with-warning',
  error: 'job-failed',
};

/** Notes the end of a Queue v2 job if there are subscriptions to it. */
export function announceEnd(world: World, { project, facts }: Job): void {
  const event = EVENTS[facts.status];
  const { queue } = facts;
  if (event === undefined || queue === undefined || queue.type === 'phaseContainer') return;
  const subscriptions = world.subscriptions.hearing(project, event, world.nowMs);
  if (subscriptions.length === 0) return;
  if (world.notices.length >= NOTICES_MAX) world.notices.shift();
  world.notices.push({ event, project, facts: { ...facts, queue }, subscriptions });
}
