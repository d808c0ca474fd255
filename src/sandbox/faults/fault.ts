import { z } from 'zod';
import { ROUTE_NAMES } from './route-names.js';
import { faultProblems } from './fault-problems.js';

const CALLS_MAX = 1_000_000;
const BODY_BYTES_MAX = 1_073_741_824;
const DELAY_SECONDS_MAX = 86_400;
const LATE_SECONDS_MAX = 31_536_000;

const text = z.string().min(1).max(10_000);
const count = z.number().int().min(1).max(CALLS_MAX);

/**
 * Something that goes wrong with certain calls of one route.
 *
 * Without `call` and `times` the fault hits the next call, once. Calls are counted from when the fault was added.
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
    call: count.default(1).describe('The first matching call to hit; 1 is the next one.'),
    times: z
      .union([count, z.literal('always')])
      .default(1)
      .describe('How many calls to hit, starting with that one.'),

    when: z
      .enum(['before', 'after'])
      .default('before')
      .describe(
        '"before": the fault comes before the call takes effect, and a status, hang or big body replaces that effect. ' +
          '"after": the call takes effect first.',
      ),
    delaySeconds: z.number().min(0).max(DELAY_SECONDS_MAX).optional().describe('Delay in sandbox time.'),
    delayMs: z.number().min(0).max(600_000).optional().describe('Delay in real time, whatever the clock does.'),

    slowBodyMs: z
      .number()
      .min(0)
      .max(600_000)
      .optional()
      .describe('Pause between the two halves of the body, in real milliseconds.'),

    status: z
      .number()
      .int()
      .min(200)
      .max(599)
      .optional()
      .describe('Answers this status; with none of body, json and html in the usual error envelope.'),
    body: z
      .string()
      .optional()
      .describe('With a status: this text as the body, sent as application/json even if it is not JSON.'),
    json: z.unknown().optional().describe('With a status: this value as the JSON body.'),
    html: z.string().optional().describe('With a status: this page as the HTML body.'),
    headers: z
      .record(z.string(), z.string())
      .optional()
      .describe('Headers to add to the answer, or to override in it.'),
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
      .describe('create: Storage issues no ticket; the docker app reports this temporary failure as a 400.'),
    lateWrite: z
      .union([z.literal(true), z.strictObject({ afterSeconds: z.number().min(0).max(LATE_SECONDS_MAX) })])
      .optional()
      .describe('Creations: the connection breaks, and the job is written only after so long (true: 40 seconds).'),
    neverQueued: z
      .literal(true)
      .optional()
      .describe('Creations: the job is written but not queued, so it waits for ever; answers 500.'),
    jobFails: z
      .union([z.literal(true), z.strictObject({ code: text.optional(), message: text.optional() })])
      .optional()
      .describe('Operations of Storage: accepted, but the job ends as error with this code, and nothing has changed.'),
    jobSeconds: z
      .number()
      .min(0)
      .max(LATE_SECONDS_MAX)
      .optional()
      .describe('Operations of Storage: accepted, and the job works so long instead of the setting.'),
  })
  .superRefine((fault, context) => {
    for (const problem of faultProblems(fault)) context.addIssue(problem);
  });

/** A fault as a person or a test writes it. */
export type FaultInput = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;
