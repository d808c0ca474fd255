import type { Project } from '../../fixture/schema.js';

const JOB_EVENTS = ['job-failed', 'job-succeeded', 'job-succeeded-with-warning', 'job-processing-long'] as const;
const PHASE_EVENTS = [
  'phase-job-failed',
  'phase-job-succeeded',
  'phase-job-succeeded-with-warning',
  'phase-job-processing-long',
] as const;

/** The events of the Notification service (keboola/notification-api-php-client). */
export const NOTIFICATION_EVENTS = [...JOB_EVENTS, ...PHASE_EVENTS] as const;
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number];

export const FILTER_OPERATORS = ['==', '<', '>', '<=', '>='] as const;

/** Holds for an event if the value at `field`, a dotted path in its document, compares to `value` by `operator`. */
export interface Filter {
  readonly field: string;
  readonly operator: (typeof FILTER_OPERATORS)[number];
  readonly value: string;
}

export type Recipient =
  { readonly channel: 'email'; readonly address: string } | { readonly channel: 'webhook'; readonly url: string };

/** Who is notified of which events of a project. */
export interface Subscription {
  readonly id: string;
  readonly project: Project;
  readonly event: NotificationEvent;
  readonly filters: readonly Filter[];
  readonly recipient: Recipient;
  readonly createdAtMs: number;
  /** Undefined means never. */
  readonly expiresAtMs: number | undefined;
}
