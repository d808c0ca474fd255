import { z } from 'zod';
import { SAYS_WHAT_TO_RUN } from './field-rules.js';
import { RunJobInputSchema } from './run-job-schema.js';

const BASE = 'https://unpkg.com/keboola-temporal/docs/schemas/';
const NAME = 'run-job-input.schema.json';

/** The input of `runJob` as a JSON Schema by its file name. Durations and run ids are checked closer than it can say. */
export function inputSchemas(): Record<string, object> {
  const { $schema, ...rest } = z.toJSONSchema(RunJobInputSchema, { io: 'input' });
  const rules = {
    anyOf: SAYS_WHAT_TO_RUN.map((field) => ({ required: [field] })),
    dependentRequired: { rows: ['config'] },
  };
  return { [NAME]: { $schema, $id: BASE + NAME, title: 'Input of the workflow runJob', ...rest, ...rules } };
}
