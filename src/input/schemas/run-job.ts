import { z } from 'zod';
import { DURATION_EXPECTED, durationMs } from '../../job/text/duration.js';
import { isPlainRunId } from '../../job/run-id.js';

const NO_RUN_ID =
  'not a run id; expected segments of letters, digits, "-" and "_" joined by dots, for example "186985833"';
const NO_COMPONENT = 'not a component id; expected for example "keboola.ex-db-mysql"';
const NO_TAG = 'not a tag of a component\'s image; expected for example "1.2.3"';
const NO_BRANCH = 'not a branch id; expected for example "1234", as text';
const NO_PARALLELISM = 'not a number of parallel rows; expected 2 to 100, or "infinity"';
const NO_TIME = 'not a time with a time zone; expected for example "2026-11-28T07:00:00Z"';

const VARIABLES_MAX = 1_000;
const ROWS_MAX = 1_000;
const FLOW_TASKS_MAX = 1_000;

const text = z.string().min(1).max(255);
const jsonObject = z.record(z.string(), z.unknown());
export const duration = z
  .union([z.number(), z.string()], { error: DURATION_EXPECTED })
  .refine(isDuration, DURATION_EXPECTED);

function isDuration(given: unknown): boolean {
  return durationMs(given) !== undefined;
}

/** Refuses duplicates. Depending on the kind of list, Keboola would run a duplicate once or twice. */
function differing(list: readonly string[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [at, one] of list.entries()) {
    if (seen.has(one)) context.addIssue({ code: 'custom', path: [at], message: `"${one}" appears twice` });
    seen.add(one);
  }
}

const variableValues = z.strictObject({
  values: z.array(z.strictObject({ name: text, value: z.string() })).max(VARIABLES_MAX),
});

/**
 * The schema of `runJob`'s input, for the client, the command line, the first activity and the JSON Schema. Rules
 * between fields are in `field-rules.ts`, because zod would not check them while any single field is invalid.
 */
export const RunJobInputSchema = z.strictObject({
  connection: text
    .optional()
    .describe('Name of a Keboola project known to the worker; never a token. Default "default".'),
  component: text
    .regex(/^[A-Za-z0-9][\w.-]*$/, NO_COMPONENT)
    .describe('For example "ex-db" (a native application) or "keboola.ex-db-mysql" (a docker component).'),
  config: text.optional().describe('Id of a stored configuration.'),
  configData: jsonObject
    .optional()
    .describe('An inline configuration; wins over the stored one. Values under a "#key" must be encrypted by Keboola.'),
  rows: z
    .array(text)
    .min(1)
    .max(ROWS_MAX)
    .superRefine(differing)
    .meta({ uniqueItems: true })
    .optional()
    .describe('Runs only these rows of "config", even disabled ones. Docker components only; on Syrup exactly one.'),
  tag: text
    // This also keeps "." and ".." out of a path.
    .regex(/^\w[\w.-]*$/, NO_TAG)
    .max(128)
    .optional()
    .describe("Version of the component's image. Docker components only."),
  branchId: text
    .regex(/^[A-Za-z0-9][\w-]*$/, NO_BRANCH)
    .optional()
    .describe('Development branch. Docker components only.'),
  variableValuesId: text.optional().describe('Id of stored variable values. Docker components only.'),
  variableValuesData: variableValues.optional().describe('Variable values. Docker components only.'),
  params: jsonObject.optional().describe("A native application's own top-level keys."),
  mode: z
    .enum(['run', 'debug', 'force-run'])
    .optional()
    .describe(
      '"debug" writes no output; docker components only. "force-run" runs a disabled configuration; Queue v2 only. Default "run".',
    ),
  backend: z
    .strictObject({ type: z.enum(['xsmall', 'small', 'medium', 'large']).optional(), context: text.optional() })
    .optional()
    .describe('The size of the machine. Queue v2 only.'),
  parallelism: z
    .union([z.int(NO_PARALLELISM).min(2, NO_PARALLELISM).max(100, NO_PARALLELISM), z.literal('infinity')], {
      error: NO_PARALLELISM,
    })
    .optional()
    .describe('How many rows run at the same time, 2 to 100 or "infinity". Queue v2 only.'),
  delay: duration
    .optional()
    .describe('Starts the job this long after its creation at the earliest, such as "90s". Queue v2 only.'),
  delayedStartTime: z.iso
    .datetime({ offset: true, error: NO_TIME })
    .optional()
    .describe('Starts the job at this time at the earliest. Queue v2 only.'),
  flowTasks: z
    .array(text)
    .min(1)
    .max(FLOW_TASKS_MAX)
    .superRefine(differing)
    .meta({ uniqueItems: true })
    .optional()
    .describe(
      'Runs only these tasks of a flow, one after another, without its conditions; one that fails does not stop the next. Queue v2 only.',
    ),
  createFence: z
    .enum(['run-id', 'none', 'variable'])
    .optional()
    .describe(
      'How the created job is recognised as that of this workflow; see docs/create-fence.md. "none" and "variable" on Queue v2 only.',
    ),
  parentRunId: text
    // The RunId becomes a header and part of search queries, which cannot carry every text.
    .refine(isPlainRunId, NO_RUN_ID)
    .optional()
    .describe("Puts the job below this run: the job's run id starts with it."),
  queueTimeout: duration
    .optional()
    .describe('Longest wait until the job starts, in milliseconds or as text such as "90s" or "2h".'),
  runTimeout: duration.optional().describe('Longest run of the job, in milliseconds or as text such as "90s" or "2h".'),
  onWarning: z
    .enum(['accept', 'fail'])
    .optional()
    .describe('Whether a job that ends with a warning counts as success or failure. Default "accept".'),
  onTerminated: z
    .enum(['cancel', 'fail'])
    .optional()
    .describe('How the workflow closes when somebody else stopped the job. Default "cancel".'),
  onAmbiguousCreate: z
    .enum(['fail', 'recreate'])
    .optional()
    .describe('What to do when it cannot be found out whether a job was created. Default "fail".'),
  children: z
    .enum(['observe', 'ignore'])
    .optional()
    .describe('Whether jobs that Keboola spawns below this one become child workflows. Default "observe".'),
  onForeignJob: z
    .enum(['ignore', 'wait', 'adopt', 'fail'])
    .optional()
    .describe(
      'What to do about an unfinished job of the same "config" that somebody else has started. Default "ignore".',
    ),
});
