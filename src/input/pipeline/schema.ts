import { z } from 'zod';
import { ATTEMPTS_MAX, MAX_PARALLEL_MAX, PHASES_MAX, RETRY_REASONS, TASKS_MAX } from '../../job/pipeline/input.js';
import { LEAF_KINDS, leafKinds } from './kinds.js';
import { duration, RunJobInputSchema } from '../schemas/run-job.js';

const NO_ID = 'not a task id; expected up to 64 letters, digits, ".", "_" and "-", the first one a letter or a digit';
const NO_REASON = `not a reason to try again; expected ${RETRY_REASONS.map((reason) => `"${reason}"`).join(', ')}`;
const USER_REASON = 'a user error is never tried again: it would only happen again';

/** It stands in lines of a terminal, of a log and of Temporal's Web UI. */
const name = z
  .string()
  .min(1)
  .max(100)
  .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), 'has a line end, or another character that cannot be seen');

const retry = z.strictObject({
  attempts: z.int().min(2).max(ATTEMPTS_MAX).describe('How many times the job is run at most, the first one included.'),
  on: z
    .array(z.enum(RETRY_REASONS, { error: ({ input }) => (input === 'user' ? USER_REASON : NO_REASON) }))
    .min(1)
    .max(RETRY_REASONS.length)
    .describe('The ends of a job after which it is run again.'),
});

const TaskSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]{0,63}$/, NO_ID)
    .optional()
    .describe('Names the task in workflow ids and results. Default: derived from what it runs.'),
  enabled: z
    .boolean()
    .optional()
    .describe('Whether to run the task; if false, what it would run need not be complete. Default true.'),
  continueOnFailure: z
    .boolean()
    .optional()
    .describe('Lets the next phase start even if this task has failed. Default false.'),
  timeout: duration
    .optional()
    .describe('Longest time for one attempt, in milliseconds or as text such as "90s" or "2h".'),
  retry: retry.optional().describe('When a failed job is run again. Default: never.'),
  job: LEAF_KINDS.job.schema.optional(),
  storage: LEAF_KINDS.storage.schema.optional(),
  import: LEAF_KINDS.import.schema.optional(),
  export: LEAF_KINDS.export.schema.optional(),
  asyncAction: LEAF_KINDS.asyncAction.schema.optional(),
  action: LEAF_KINDS.action.schema.optional(),
  get pipeline(): z.ZodOptional<z.ZodType> {
    return NestedSchema.optional().describe('Runs a pipeline within this one.');
  },
});

const PhaseSchema = z.strictObject({
  name: name.describe('For people.'),
  enabled: z.boolean().optional().describe('Whether to run its tasks. Default true.'),
  tasks: z
    .array(TaskSchema)
    .min(1, 'is empty; a phase has at least one task')
    .max(TASKS_MAX)
    .describe('They run in parallel.'),
});

const fields = {
  name: name.describe('Names the pipeline, and its workflow.'),
  phases: z
    .array(PhaseSchema)
    .min(1, 'is empty; a pipeline has at least one phase')
    .max(PHASES_MAX)
    .meta({ id: 'phases', description: 'They run one after another.' }),
  maxParallel: z
    .int()
    .min(1)
    .max(MAX_PARALLEL_MAX)
    .optional()
    .describe('How many tasks of a phase run at the same time. Default: what the project allows, else 10.'),
};

const NestedSchema = z.strictObject(fields);

/**
 * The schema of `runPipeline`'s input, which is also the format of a pipeline file. The rules that it cannot express
 * are in `rules.ts`.
 */
export const PipelineSchema = z.strictObject({
  ...fields,
  parentRunId: RunJobInputSchema.shape.parentRunId.describe('Puts all jobs of the pipeline below this run.'),
});

/** What has which fields, for a hint where one of them stands in the wrong place. */
export const FIELD_OWNERS: readonly { owner: string; fields: readonly string[] }[] = [
  { owner: 'a pipeline', fields: Object.keys(fields) },
  { owner: 'a phase', fields: Object.keys(PhaseSchema.shape) },
  { owner: 'a task', fields: Object.keys(TaskSchema.shape) },
  ...leafKinds.map(([kind, { schema }]) => ({ owner: `"${kind}"`, fields: Object.keys(schema.shape) })),
];

/** The parts for which the JSON Schema of a file differs from these schemas. */
export const pipelineParts = {
  task: TaskSchema,
  job: TaskSchema.shape.job,
  /** Those that may have the author's own `x-` fields. */
  extended: [PipelineSchema, NestedSchema, PhaseSchema, TaskSchema] as readonly z.ZodType[],
};
