import { z } from 'zod';
import { TASK_KINDS } from '../../job/pipeline/kinds.js';
import { SAYS_WHAT_TO_RUN } from '../field-rules.js';
import { pipelineParts, PipelineSchema } from './schema.js';
import { duration } from '../schemas/run-job.js';

const BASE = 'https://unpkg.com/keboola-temporal/docs/schemas/';
/** Left out of descriptions, since in a file every duration has a unit. */
const IN_PROGRAMS = 'in milliseconds or as text such as';
const NAME = 'pipeline.schema.json';

/**
 * The JSON Schema of a pipeline file, by file name: the input of `runPipeline`, but durations are texts with a unit,
 * and fields that begin with `x-` are allowed.
 */
export function pipelineSchemas(): Record<string, object> {
  const { $schema, ...rest } = z.toJSONSchema(PipelineSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === duration) Object.assign(jsonSchema, { anyOf: [{ type: 'string' }] });
      if (pipelineParts.extended.includes(zodSchema as unknown as z.ZodType))
        jsonSchema.patternProperties = { '^x-': {} };
      if (jsonSchema.description) jsonSchema.description = jsonSchema.description.replace(IN_PROGRAMS, 'such as');
      if (zodSchema === pipelineParts.task) jsonSchema.oneOf = TASK_KINDS.map((kind) => ({ required: [kind] }));
      if (zodSchema === pipelineParts.job.unwrap()) {
        jsonSchema.anyOf = SAYS_WHAT_TO_RUN.map((field) => ({ required: [field] }));
      }
    },
  });
  return { [NAME]: { $schema, $id: BASE + NAME, title: 'A pipeline of Keboola jobs', ...rest } };
}
