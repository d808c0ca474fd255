import { z } from 'zod';
import { CALLS_MAX, LOG_LINES_MAX, type QuestionName } from '../../job/questions.js';
import { RunJobInputSchema } from './run-job.js';
import { WaitForJobInputSchema } from './wait-for-job.js';

const NO_DAY = 'not a day; expected for example "2016-05-15"';
const NO_OFFSET = 'not a UTC offset; expected for example "+02:00"';
const NO_ACTION = 'not the name of an action; expected for example "testConnection"';
const RUN = 'is not a synchronous action: it makes a job; use runJob';

const text = z.string().min(1).max(255);
const { connection, component, branchId, variableValuesId, variableValuesData } = RunJobInputSchema.shape;
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, NO_DAY);

/** The schemas of the short workflows' inputs, by workflow type. */
export const QUESTION_SCHEMAS = {
  listComponents: z.strictObject({
    connection,
    filter: text
      .optional()
      .describe('Only those whose id, name or type contains this text; upper and lower case are alike.'),
    type: text.optional().describe('Only those of this type, for example "extractor" or "writer".'),
  }),
  readStatistics: z.strictObject({
    connection,
    fromDate: day.optional().describe('First day; needs "toDate". If given, only these days are counted.'),
    toDate: day.optional().describe('Last day, that day included.'),
    timezoneOffset: z
      .string()
      .regex(/^[+-]\d{2}:\d{2}$/, NO_OFFSET)
      .optional()
      .describe('Where a day begins. Default "+00:00".'),
  }),
  resolveConfiguration: z.strictObject({
    connection,
    component,
    config: text.describe('Id of a stored configuration.'),
    version: z.int().min(1).optional().describe('Version of the configuration. Default: the current one.'),
    branchId,
    variableValuesId,
    variableValuesData,
  }),
  readLogs: z.strictObject({
    connection,
    jobId: WaitForJobInputSchema.shape.jobId,
    limit: z.int().min(1).max(LOG_LINES_MAX).optional().describe('How many of the latest events. Default 20.'),
  }),
  readRerunPlan: z.strictObject({ connection, jobId: WaitForJobInputSchema.shape.jobId }),
  callAction: z.strictObject({
    connection,
    component,
    action: text
      .regex(/^[A-Za-z0-9][\w.-]*$/, NO_ACTION)
      .refine((given) => given !== 'run', RUN)
      .describe('For example "testConnection".'),
    configData: RunJobInputSchema.shape.configData.describe(
      'The whole configuration. Values under a "#key" must be encrypted by Keboola. Default: an empty one.',
    ),
    branchId,
    attempts: z
      .int()
      .min(1)
      .max(CALLS_MAX)
      .optional()
      .describe('Most attempts, if it fails through no fault of the caller. Default 1.'),
  }),
  describeWorker: z.strictObject({ connection }),
} satisfies Record<QuestionName, z.ZodType>;

/** Which fields of a question need which other fields. */
export const QUESTION_RULES: Partial<Record<QuestionName, readonly [field: string, needs: string][]>> = {
  readStatistics: [
    ['fromDate', 'toDate'],
    ['toDate', 'fromDate'],
    ['timezoneOffset', 'fromDate'],
  ],
};
