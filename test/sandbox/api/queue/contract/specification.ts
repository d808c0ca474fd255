/**
 * What Keboola's published OpenAPI of the Job Queue, version 1.3.8, says of its answers, in JSON Schema and in our own order:
 * facts of the public copy in api-evangelist/keboola, `openapi/keboola-queue-api-openapi.yml`.
 */
export type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const textOrNull: Schema = { type: ['string', 'null'] };
const instant: Schema = {
  type: 'string',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$',
};
const instantOrNull: Schema = { anyOf: [instant, { type: 'null' }] };
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
});
const list = (items: Schema): Schema => ({ type: 'array', items });

const status: Schema = {
  enum: ['created', 'waiting', 'processing', 'success', 'warning', 'error', 'terminating', 'terminated', 'cancelled'],
};
const backend = object({ type: text, containerType: text, context: text });

export const JOB = {
  id: text,
  runId: text,
  branchId: text,
  project: object({ id: text }, ['id']),
  token: object({ id: text, description: text }),
  status,
  desiredStatus: { enum: ['processing', 'terminating', null] },
  component: text,
  mode: { enum: ['run', 'debug'] },
  tag: textOrNull,
  config: textOrNull,
  configRow: textOrNull,
  configData: orNull(object({})),
  result: orNull(
    object({
      images: list(object({ digests: list(text), id: text })),
      configVersion: { type: 'integer' },
      message: text,
    }),
  ),
  createdTime: instant,
  startTime: instantOrNull,
  endTime: instantOrNull,
  delayedStartTime: instantOrNull,
  durationSeconds: { type: ['integer', 'null'] },
  isFinished: { type: 'boolean' },
  url: text,
  variableValuesId: textOrNull,
  variableValuesData: orNull(object({ values: list(object({ name: text, value: text })) })),
  backend: orNull(backend),
  metrics: orNull(
    object({
      storage: object({ inputTablesBytesSum: { type: 'integer' }, outputTablesBytesSum: { type: 'integer' } }),
      backend,
    }),
  ),
  type: { enum: ['standard', 'container', 'phaseContainer', 'orchestrationContainer', 'retryContainer'] },
  orchestrationTaskId: orNull({ type: 'string', minLength: 1 }),
  previousJobId: orNull({ type: 'string', minLength: 1 }),
  onlyOrchestrationTaskIds: orNull({ type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } }),
} satisfies Record<string, Schema>;

export const JOB_REQUIRED = [
  'id',
  'runId',
  'project',
  'token',
  'status',
  'mode',
  'component',
  'createdTime',
  'isFinished',
  'url',
];

export const ERROR = object(
  { error: text, code: { type: 'integer' }, status: { enum: ['error'] }, exceptionId: text },
  ['error', 'code', 'status'],
);

export const RERUN_PLAN = object({
  jobId: text,
  configId: textOrNull,
  matchedTasks: list(
    object({
      taskId: text,
      matched: { type: 'boolean' },
      jobId: textOrNull,
      componentId: textOrNull,
      configId: textOrNull,
      status: orNull(status),
    }),
  ),
});

export const STATS = object({ jobs: object({ durationSum: { type: 'integer' } }) });

export const LINEAGE = list(
  object(
    {
      eventType: { enum: ['START', 'COMPLETE'] },
      eventTime: instant,
      run: object({ runId: { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' } }, ['runId']),
      job: object({ namespace: text, name: text }, ['namespace', 'name']),
      producer: text,
    },
    ['eventType', 'eventTime', 'run', 'job', 'producer'],
  ),
);

export const groupsOf = (job: Schema): Schema =>
  list(object({ group: { type: 'object', additionalProperties: text }, jobs: list(job) }));
