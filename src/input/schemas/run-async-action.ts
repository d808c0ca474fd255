import { z } from 'zod';
import { ACTION_METHODS } from '../../job/async-action.js';
import { pathProblem } from '../call-path.js';
import { RunJobInputSchema } from './run-job.js';

const NO_METHOD = `not a supported method; expected one of ${ACTION_METHODS.join(', ')}`;
const PATH_LENGTH_MAX = 2_000;

const { connection, parentRunId, queueTimeout, runTimeout, onWarning, onTerminated, onAmbiguousCreate, children } =
  RunJobInputSchema.shape;

/** The schema of `runAsyncAction`'s input. */
export const RunAsyncActionInputSchema = z.strictObject({
  connection,
  method: z.enum(ACTION_METHODS, { error: NO_METHOD }).describe('HTTP method of the call.'),
  path: z
    .string()
    .max(PATH_LENGTH_MAX)
    .superRefine((path, context) => {
      const message = pathProblem(path);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .describe('Path below a component, for example "/gooddata-writer/v2/main/projects"; never an address.'),
  body: z.record(z.string(), z.unknown()).optional().describe('Body of the call. Not with GET.'),
  parentRunId,
  queueTimeout,
  runTimeout,
  onWarning,
  onTerminated,
  onAmbiguousCreate,
  children,
});
