import { z } from 'zod';
import { TASK_KINDS } from '../job/pipeline/kinds.js';
import { SAYS_WHAT_TO_RUN } from './field-rules.js';
import { pipelineParts, PipelineSchema } from './pipeline-schema.js';

const BASE = 'https://unpkg.com/keboola-temporal/docs/schemas/';
const NAME = 'pipeline.schema.json';

/** The input of `runPipeline`, which is the format of a pipeline file, as a JSON Schema by its file name. */
export function pipelineSchemas(): Record<string, object> {
  const { $schema, ...rest } = z.toJSONSchema(PipelineSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === pipelineParts.task) jsonSchema.oneOf = TASK_KINDS.map((kind) => ({ required: [kind] }));
      if (zodSchema === pipelineParts.job.unwrap()) {
        jsonSchema.anyOf = SAYS_WHAT_TO_RUN.map((field) => ({ required: [field] }));
      }
    },
  });
  return { [NAME]: { $schema, $id: BASE + NAME, title: 'A pipeline of Keboola jobs', ...rest } };
}
