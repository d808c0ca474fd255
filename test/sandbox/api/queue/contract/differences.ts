import type { JOB, Schema } from './specification.js';

/** A place where the platform answers something else than its specification says. */
export interface Difference {
  field: keyof typeof JOB;
  /** What may stand there besides what is specified. */
  also: Schema;
  because: string;
}

const emptyList: Schema = { type: 'array', maxItems: 0 };
const textOrNull: Schema = { type: ['string', 'null'] };
const nullableBackend: Schema = {
  type: 'object',
  properties: { type: textOrNull, containerType: textOrNull, context: textOrNull },
};
const EMPTY = 'PHP writes an empty object as a list (samples of keboola/developers-docs)';

/** The sandbox follows the platform. A test shows that none of these is idle. */
export const DIFFERENCES: readonly Difference[] = [
  { field: 'branchId', also: { type: 'null' }, because: 'jobs before 2024-07-26 of the main branch have none' },
  { field: 'mode', also: { enum: ['forceRun'] }, because: 'the body of a creation has it, the job does not' },
  { field: 'configData', also: emptyList, because: EMPTY },
  {
    field: 'metrics',
    also: { anyOf: [emptyList, { type: 'object', properties: { backend: nullableBackend } }] },
    because: `${EMPTY}, and a backend has nulls`,
  },
  { field: 'variableValuesData', also: emptyList, because: EMPTY },
  {
    field: 'result',
    also: {
      anyOf: [
        emptyList,
        {
          type: 'object',
          properties: {
            images: { type: 'array', items: { type: 'array' } },
            configVersion: { type: 'string' },
            message: { type: 'string' },
          },
        },
      ],
    },
    because: 'the version is a text, and each row has a list of images (samples of keboola/developers-docs)',
  },
  {
    field: 'backend',
    also: nullableBackend,
    because: 'a job has a type or a containerType, and the other one is null (internal client)',
  },
];

/** Keys that clients of Keboola read and the specification does not have. */
export const UNSPECIFIED = [
  'parentRunId',
  'configRowIds',
  'parallelism',
  'behavior',
  'executor',
  'usageData',
  'onlyFlowTaskIds',
  'orchestrationJobId',
  'orchestrationPhaseId',
];
