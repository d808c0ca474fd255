import { z } from 'zod';
import { DIALECTS } from './dialect.js';
import { TokenOrigins } from './origins.js';

const INLINE =
  'a token never stands in a file of settings: put it into a file of its own and name that as "tokenFile", or an environment variable and name that as "tokenEnv"';

const text = z.string().min(1).max(1_000);

const ConnectionFields = z.strictObject({
  url: text.describe("Storage's address, for example https://connection.keboola.com."),
  tokenFile: text
    .optional()
    .describe('A file that holds the Storage token alone, read for every request. Relative to this file.'),
  tokenEnv: text
    .regex(/^\w+$/, 'not the name of an environment variable')
    .optional()
    .describe('An environment variable of the worker that holds the Storage token.'),
  token: z.undefined({ error: INLINE }).optional(),
  allowHttpHosts: z
    .array(text)
    .max(100)
    .optional()
    .describe('Hosts besides this machine that may be reached without TLS.'),
  filesUrl: text
    .optional()
    .describe('Address to use in place of AWS or Google for files: that of the sandbox, or of a store of your own.'),
  api: z.enum(DIALECTS).optional().describe("Which of Keboola's job APIs to speak. Default: what the project is on."),
  createFence: z
    .enum(['run-id', 'none', 'variable'])
    .optional()
    .describe(
      'How created jobs are recognised as ours, unless the input of the job chooses. Default: "none" for flows of Queue v2.',
    ),
  respectProjectLimit: z
    .boolean()
    .optional()
    .describe('Waits before creating a job while the project runs as many jobs as it may. Default true.'),
  requestsPerSecond: z
    .number()
    .min(0.1)
    .max(10_000)
    .optional()
    .describe('How many requests a worker makes per second in the long run. Default 100.'),
  requestBurst: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe('How many requests it may make at once after a pause. Default twice as many as per second.'),
  watch: z
    .boolean()
    .optional()
    .describe('Reads one list of the jobs that ended in the project, instead of each job by itself. Default true.'),
});

/** Told with the other problems of a file, and not one by one at each start of a worker. */
const ConnectionSchema = ConnectionFields.superRefine((entry, context) => {
  const { url, tokenFile, tokenEnv, allowHttpHosts } = entry;
  if ((tokenFile === undefined) === (tokenEnv === undefined)) {
    context.addIssue({ code: 'custom', message: 'say either "tokenFile" or "tokenEnv"' });
  }
  try {
    TokenOrigins.of(url, allowHttpHosts);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message.replace(/\.$/, '') });
  }
});

/** The file that `KBC_CONNECTIONS_FILE` names: Keboola projects by the names that workflows use. */
export const ConnectionsFileSchema = z.strictObject({
  $schema: z.string().optional(),
  connections: z
    .record(text, ConnectionSchema)
    .refine((connections) => Object.keys(connections).length > 0, 'names no connection')
    .refine((connections) => Object.keys(connections).length <= 1_000, 'at most 1,000 connections'),
});

export type ConnectionEntry = z.output<typeof ConnectionFields>;

/** The JSON Schema of that file, by the name under which it is published. */
export function connectionsSchemas(): Record<string, object> {
  const name = 'connections.schema.json';
  // Leaves out the field that exists only to be refused with a message of its own.
  const published = ConnectionsFileSchema.extend({
    connections: z.record(text, ConnectionFields.omit({ token: true })),
  });
  const { $schema, ...rest } = z.toJSONSchema(published, { io: 'input' });
  const $id = `https://unpkg.com/keboola-temporal/docs/schemas/${name}`;
  return { [name]: { $schema, $id, title: 'Connections of a worker', ...rest } };
}
