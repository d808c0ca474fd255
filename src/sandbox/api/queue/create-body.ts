import { z } from 'zod';
import { QueueProblem } from '../../answer/queue-problem.js';
import { isJsonObject } from '../../json.js';
import type { JsonObject } from '../../json.js';
import { BACKEND_TYPES } from '../../world/queue/queue-facts.js';

const PARALLEL_MAX = 100;
const PROBLEMS_MAX = 20;

/** Treats as absent: null, which Keboola's PHP client sends for every key, and `[]` where an object belongs. */
const sayable = <T extends z.ZodType>(schema: T, isList = false): z.ZodType<z.output<T> | undefined> =>
  z.preprocess((value) => (value === null || (!isList && isEmptyList(value)) ? undefined : value), schema.optional());
const text = sayable(
  z.string().transform((value) => (value === '' ? undefined : value)),
  true,
);
const object = sayable(z.record(z.string(), z.unknown()));
const taskIds = sayable(
  z
    .array(z.string().min(1))
    .min(1)
    .refine((ids) => new Set(ids).size === ids.length, 'has an id twice'),
  true,
);

const parallelism = z
  .string()
  .refine((value) => value === 'infinity' || (/^\d{1,3}$/.test(value) && Number(value) <= PARALLEL_MAX), {
    message: `must be "0" to "${PARALLEL_MAX}" or "infinity"`,
  });
const variableValues = z.object({
  values: z.array(z.object({ name: z.string().min(1), value: z.string().min(1) })),
});

const createSchema = z.object({
  component: z.string().min(1),
  config: text,
  configRowIds: sayable(z.array(z.string().min(1)), true),
  configData: object,
  mode: sayable(z.enum(['run', 'debug', 'forceRun']), true),
  tag: text,
  branchId: text,
  variableValuesId: text,
  variableValuesData: sayable(variableValues),
  backend: sayable(z.object({ type: sayable(z.enum(BACKEND_TYPES), true), context: text })),
  executor: sayable(z.enum(['dind', 'k8sContainers']), true),
  delay: sayable(z.number().int().min(0), true),
  delayedStartTime: sayable(z.iso.datetime({ offset: true }), true),
  parallelism: sayable(parallelism, true),
  onlyFlowTaskIds: taskIds,
  onlyOrchestrationTaskIds: taskIds,
  previousJobId: text,
  orchestrationJobId: text,
});

/** The body of a create call; what it leaves out is undefined. */
export type CreateBody = z.output<typeof createSchema>;

/** Reads a body that `settleBody` has prepared. @throws QueueProblem 400 with the path of each mistake */
export function readCreateBody(body: JsonObject): CreateBody {
  const parsed = createSchema.safeParse(body);
  if (!parsed.success)
    throw invalid(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
  const { delay, delayedStartTime, onlyFlowTaskIds, onlyOrchestrationTaskIds } = parsed.data;
  if (delay !== undefined && delayedStartTime !== undefined) throw onlyOne('delay', 'delayedStartTime');
  if (onlyFlowTaskIds !== undefined && onlyOrchestrationTaskIds !== undefined) {
    throw onlyOne('onlyFlowTaskIds', 'onlyOrchestrationTaskIds');
  }
  return parsed.data;
}

/** Every key that the sandbox understands. */
export const CREATE_KEYS = Object.keys(createSchema.shape);

export function invalid(context: { path: string; message: string }[]): QueueProblem {
  const [first] = context;
  const what = first === undefined ? '' : `: ${first.path}: ${first.message}`;
  return new QueueProblem(400, `Invalid request body${what}`, 400, context.slice(0, PROBLEMS_MAX));
}

export function onlyOne(one: string, other: string): QueueProblem {
  return new QueueProblem(400, `Provide either "${one}" or "${other}", but not both.`);
}

/** @throws QueueProblem 400 for anything but a JSON object */
export function readJson(body: string): JsonObject {
  try {
    const value: unknown = JSON.parse(body);
    if (isJsonObject(value)) return value;
    if (isEmptyList(value)) return {};
  } catch {
    // Refused below, like any other body that is no object.
  }
  throw new QueueProblem(400, 'Invalid request body: it is no JSON object');
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
