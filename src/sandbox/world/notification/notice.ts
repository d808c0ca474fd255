import type { Project } from '../../fixture/schema.js';
import type { JobFacts } from '../job-record.js';
import type { QueueFacts } from '../queue/queue-facts.js';
import type { NotificationEvent, Subscription } from './subscription.js';

/** An event, and the subscriptions to its kind, whose filters are not yet checked. */
export interface Notice {
  readonly event: NotificationEvent;
  readonly project: Project;
  readonly facts: JobFacts & { queue: QueueFacts };
  readonly subscriptions: readonly Subscription[];
}
