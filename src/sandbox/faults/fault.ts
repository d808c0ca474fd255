import { z } from 'zod';

/** Names of what can be asked of the sandbox; a fault, the log and the counters speak of routes by these. */
export const ROUTE_NAMES = [
  ...['index', 'components', 'component', 'verify', 'tickets'],
  ...['create', 'read', 'list', 'kill', 'options', 'notFound'],
] as const;

const CALLS_MAX = 1_000_000;
const BODY_BYTES_MAX = 1_073_741_824;
const DELAY_SECONDS_MAX = 86_400;

const count = z.number().int().min(1).max(CALLS_MAX);

/** What each kind of fault is known by; a fault has exactly one, or only a delay. */
const KINDS = ['status', 'reset', 'hang', 'bodyBytes', 'emptyList', 'replaceBody'] as const;

/**
 * Something that goes wrong with certain calls of one route.
 *
 * Without `call` and `times` it is the next call, once. Calls are counted from when the fault was added.
 */
export const faultSchema = z
  .strictObject({
    route: z.enum(['*', ...ROUTE_NAMES]),
    /** Only calls about this job (read and kill). */
    jobId: z.union([z.string(), z.number()]).transform(String).optional(),
    /** The first call it meets, 1 being the next. */
    call: count.default(1),
    /** How many calls it meets from then on. */
    times: z.union([count, z.literal('always')]).default(1),

    /** Whether a delay, status, hang or big body comes instead of (before) or after the real effect. */
    when: z.enum(['before', 'after']).default('before'),
    /** Delay in sandbox time. */
    delaySeconds: z.number().min(0).max(DELAY_SECONDS_MAX).optional(),
    /** Delay in real time, whatever the clock of the sandbox does. */
    delayMs: z.number().min(0).max(600_000).optional(),

    /** Answers this status; with none of `body`, `json` and `html` in the usual error envelope. */
    status: z.number().int().min(200).max(599).optional(),
    body: z.string().optional(),
    json: z.unknown().optional(),
    html: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    /** Breaks the connection instead of the effect, or after it and without an answer. */
    reset: z.enum(['before', 'after']).optional(),
    /** Never answers. */
    hang: z.literal(true).optional(),
    /** Answers with a valid JSON object of so many bytes. */
    bodyBytes: z.number().int().min(16).max(BODY_BYTES_MAX).optional(),
    /** Answers `[]`, as Keboola does when its search fails. */
    emptyList: z.literal(true).optional(),
    /** Does its work and answers with this JSON value instead. */
    replaceBody: z.unknown().optional(),
  })
  .superRefine((fault, context) => {
    const kinds = KINDS.filter((kind) => fault[kind] !== undefined);
    const delayed = fault.delaySeconds !== undefined || fault.delayMs !== undefined;
    if (kinds.length > 1) context.addIssue(`has ${kinds.join(' and ')}: only one of ${KINDS.join(', ')} is possible`);
    if (kinds.length === 0 && !delayed) {
      context.addIssue(`does nothing: say delaySeconds, delayMs or one of ${KINDS.join(', ')}`);
    }
    const bodies = (['body', 'json', 'html'] as const).filter((name) => fault[name] !== undefined);
    if (bodies.length > 1) context.addIssue(`has ${bodies.join(' and ')}: only one of them is possible`);
    if (bodies.length > 0 && fault.status === undefined) context.addIssue(`${bodies.join()} needs a status`);
  });

/** A fault as a person or a test writes it. */
export type FaultInput = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;
export type RouteName = (typeof ROUTE_NAMES)[number];
