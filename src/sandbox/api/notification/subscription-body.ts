import { z } from 'zod';
import type { QueueProblem } from '../../answer/queue-problem.js';
import { parsePhpTime } from '../../query/php-time.js';
import { FILTER_OPERATORS, NOTIFICATION_EVENTS, type Subscription } from '../../world/notification/subscription.js';
import type { Call } from '../call.js';
import { invalid, readJson } from '../queue/create-body.js';

const FILTERS_MAX = 100;
const TEXT_MAX = 2_000;

const text = z.string().min(1).max(TEXT_MAX);
const filter = z.object({
  field: text,
  operator: z.enum(FILTER_OPERATORS).default('=='),
  value: z.union([text, z.number().transform(String)]),
});
const recipient = z.discriminatedUnion('channel', [
  z.object({ channel: z.literal('email'), address: z.email() }),
  z.object({ channel: z.literal('webhook'), url: z.url({ protocol: /^https?$/ }).max(TEXT_MAX) }),
]);
const bodySchema = z.object({
  event: z.enum(NOTIFICATION_EVENTS),
  filters: z.array(filter).max(FILTERS_MAX).default([]),
  recipient,
  expiresAt: z
    .string()
    .regex(/^(?:\+|\d{4}-)/, 'must be a time, or text such as "+24 hours"')
    .nullish(),
});

/** Reads the body of a new subscription; fills in defaults. @throws QueueProblem 400 with the path of each mistake */
export function readSubscriptionBody(call: Call): Omit<Subscription, 'id' | 'project' | 'createdAtMs'> {
  const parsed = bodySchema.safeParse(readJson(call.body));
  if (!parsed.success)
    throw invalid(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
  const { expiresAt, ...said } = parsed.data;
  return { ...said, expiresAtMs: expiresAt == null ? undefined : readExpiry(call, expiresAt) };
}

function readExpiry({ simulation }: Call, given: string): number {
  const { nowMs } = simulation.world;
  const expiresAtMs = timeOf(given, nowMs, simulation.documents.zone);
  if (expiresAtMs === undefined || expiresAtMs <= nowMs) throw badExpiry('must be a time to come, or "+24 hours"');
  return expiresAtMs;
}

function timeOf(...given: Parameters<typeof parsePhpTime>): number | undefined {
  try {
    return parsePhpTime(...given);
  } catch {
    // The caller refuses it in the words of the Notification service.
    return undefined;
  }
}

function badExpiry(message: string): QueueProblem {
  return invalid([{ path: 'expiresAt', message }]);
}
