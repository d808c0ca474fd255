import { z } from 'zod';
import { JOB_ID } from '../../job/job-id.js';

const NO_JOB_ID = 'not a job id; expected for example "186985832", as text';

/** The schema of `waitForJob`'s input. */
export const WaitForJobInputSchema = z.strictObject({
  connection: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('Name of a Keboola project known to the worker; never a token. Default "default".'),
  jobId: z.string({ error: NO_JOB_ID }).regex(JOB_ID, NO_JOB_ID).describe('Id of the job in Keboola.'),
  onCancel: z
    .enum(['leave', 'kill'])
    .optional()
    .describe('What a cancelled workflow does to the job. Default "leave".'),
  role: z
    .literal('observer')
    .optional()
    .describe('The workflow mirrors a job that Keboola has spawned below one of ours.'),
});
