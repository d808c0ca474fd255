import type { Schema } from './specification.js';

/**
 * What the Notification service answers and sends, in JSON Schema: facts of keboola/notification-api-php-client, whose
 * decoder of an answer fails where one of the required keys is missing.
 */
const text: Schema = { type: 'string' };
const object = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
});
const instant: Schema = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[+-]\\d\\d:\\d\\d$' };

const jobEvents = ['job-failed', 'job-succeeded', 'job-succeeded-with-warning', 'job-processing-long'];

export const SUBSCRIPTION = object(
  {
    id: text,
    event: { enum: [...jobEvents, ...jobEvents.map((event) => `phase-${event}`)] },
    filters: {
      type: 'array',
      items: object({ field: text, operator: { enum: ['==', '<', '>', '<=', '>='] }, value: text }),
    },
    recipient: {
      anyOf: [
        object({ channel: { const: 'email' }, address: text }),
        object({ channel: { const: 'webhook' }, url: text }),
      ],
    },
    expiresAt: { anyOf: [instant, { type: 'null' }] },
  },
  ['id', 'event', 'filters', 'recipient'],
);

/** The only JSON that a webhook is sent. */
export const NOTIFICATION = object(
  {
    eventType: { enum: jobEvents },
    job: object(
      {
        id: text,
        url: text,
        tasks: { type: 'array' },
        startTime: instant,
        endTime: instant,
        component: object({ id: text, name: text }),
        configuration: object({ id: text, name: text }),
      },
      ['id', 'url', 'tasks', 'startTime', 'endTime', 'component'],
    ),
    branch: object({ id: text }),
    project: object({ id: text, name: text }),
    errorMessage: text,
  },
  ['eventType', 'job', 'branch', 'project'],
);
