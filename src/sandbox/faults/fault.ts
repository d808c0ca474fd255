import { z } from 'zod';

/** Names of what can be asked of the sandbox; a fault, the log and the counters speak of routes by these. */
export const ROUTE_NAMES = [
  ...['index', 'components', 'component', 'verify', 'tickets'],
  ...['create', 'read', 'list', 'kill', 'options', 'notFound'],
] as const;

const CALLS_MAX = 1_000_000;
const BODY_BYTES_MAX = 1_073_741_824;
const DELAY_SECONDS_MAX = 86_400;
const LATE_SECONDS_MAX = 31_536_000;

const count = z.number().int().min(1).max(CALLS_MAX);

/** What each kind of fault is known by; a fault has exactly one, or only a delay. */
const KINDS = [
  'status',
  'reset',
  'hang',
  'bodyBytes',
  'emptyList',
  'replaceBody',
  'maintenance',
  'ticketsFail',
] as const;
/** What goes wrong inside a creation; each may come with one of `ENDS` to say how the call itself ends. */
const WRITES = ['lateWrite', 'neverQueued'] as const;
const ENDS = ['status', 'reset', 'hang'];

/**
 * Something that goes wrong with certain calls of one route.
 *
 * Without `call` and `times` it is the next call, once. Calls are counted from when the fault was added.
 */
export const faultSchema = z
  .strictObject({
    route: z.enum(['*', ...ROUTE_NAMES]).describe('Which calls: the name of a route, or "*" for all of them.'),
    jobId: z
      .union([z.string(), z.number()])
      .transform(String)
      .optional()
      .describe('Only calls about this job (read and kill).'),
    runIdPrefix: z.string().min(1).optional().describe('Only calls whose X-KBC-RunId is this or below it.'),
    bodyContains: z.string().min(1).optional().describe('Only calls whose body contains this text.'),
    call: count.default(1).describe('The first call it meets, 1 being the next.'),
    times: z
      .union([count, z.literal('always')])
      .default(1)
      .describe('How many calls it meets from then on.'),

    when: z
      .enum(['before', 'after'])
      .default('before')
      .describe('Whether a delay, status, hang or big body comes instead of (before) or after the real effect.'),
    delaySeconds: z.number().min(0).max(DELAY_SECONDS_MAX).optional().describe('Delay in sandbox time.'),
    delayMs: z.number().min(0).max(600_000).optional().describe('Delay in real time, whatever the clock does.'),

    status: z
      .number()
      .int()
      .min(200)
      .max(599)
      .optional()
      .describe('Answers this status; with none of body, json and html in the usual error envelope.'),
    body: z.string().optional().describe('With a status: this text, said to be JSON whatever it is.'),
    json: z.unknown().optional().describe('With a status: this value.'),
    html: z.string().optional().describe('With a status: this page.'),
    headers: z.record(z.string(), z.string()).optional().describe('Laid over those of the answer.'),
    reset: z
      .enum(['before', 'after'])
      .optional()
      .describe('Breaks the connection instead of the effect, or after it and without an answer.'),
    hang: z.literal(true).optional().describe('Never answers.'),
    bodyBytes: z
      .number()
      .int()
      .min(16)
      .max(BODY_BYTES_MAX)
      .optional()
      .describe('Answers a valid JSON object of so many bytes.'),
    emptyList: z.literal(true).optional().describe('Answers [], as Keboola does when its search fails.'),
    replaceBody: z.unknown().optional().describe('Does its work and answers this JSON value instead.'),
    maintenance: z.literal(true).optional().describe('Answers 503 as Keboola does while a project is in maintenance.'),
    ticketsFail: z
      .literal(true)
      .optional()
      .describe('create: no ticket from Storage, which the docker app answers with a 400 that is only temporary.'),
    lateWrite: z
      .union([z.literal(true), z.strictObject({ afterSeconds: z.number().min(0).max(LATE_SECONDS_MAX) })])
      .optional()
      .describe('create: the connection breaks, and the job is written only after so long (true: 40 seconds).'),
    neverQueued: z
      .literal(true)
      .optional()
      .describe('create: the job is written but not queued, so it waits for ever; answers 500.'),
  })
  .superRefine((fault, context) => {
    const kinds = KINDS.filter((kind) => fault[kind] !== undefined);
    const writes = WRITES.filter((kind) => fault[kind] !== undefined);
    const delayed = fault.delaySeconds !== undefined || fault.delayMs !== undefined;
    const all = [...KINDS, ...WRITES].join(', ');
    if (kinds.length > 1) context.addIssue(`has ${kinds.join(' and ')}: only one of ${all} is possible`);
    if (writes.length > 1) context.addIssue(`has ${writes.join(' and ')}: only one of ${all} is possible`);
    const odd = writes.length > 0 ? kinds.find((kind) => !ENDS.includes(kind)) : undefined;
    if (odd !== undefined) context.addIssue(`has ${writes.join()} and ${odd}: it can only end by ${ENDS.join(', ')}`);
    if (writes.length > 0 && fault.reset === 'before') {
      context.addIssue(`has ${writes.join()}, which needs the call to arrive: reset can only be "after"`);
    }
    const first = writes[0] ?? (fault.ticketsFail === undefined ? undefined : 'ticketsFail');
    if (first !== undefined && fault.route !== 'create') context.addIssue(`${first} is for the route create only`);
    if (kinds.length + writes.length === 0 && !delayed) {
      context.addIssue(`does nothing: say delaySeconds, delayMs or one of ${all}`);
    }
    const bodies = (['body', 'json', 'html'] as const).filter((name) => fault[name] !== undefined);
    if (bodies.length > 1) context.addIssue(`has ${bodies.join(' and ')}: only one of them is possible`);
    if (bodies.length > 0 && fault.status === undefined) context.addIssue(`${bodies.join()} needs a status`);
  });

/** A fault as a person or a test writes it. */
export type FaultInput = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;
export type RouteName = (typeof ROUTE_NAMES)[number];
