import { z } from 'zod';
import type { QuestionName } from '../job/questions.js';
import { SAYS_WHAT_TO_RUN } from './field-rules.js';
import { QUESTION_RULES, QUESTION_SCHEMAS } from './schemas/questions.js';
import { RunAsyncActionInputSchema } from './schemas/run-async-action.js';
import { RunJobInputSchema } from './schemas/run-job.js';

const BASE = 'https://unpkg.com/keboola-temporal/docs/schemas/';

/**
 * The JSON Schemas of the workflows' inputs, by file name. Our own checks of durations, RunIds and paths are stricter
 * than a JSON Schema can be.
 */
export function inputSchemas(): Record<string, object> {
  const rules = {
    anyOf: SAYS_WHAT_TO_RUN.map((field) => ({ required: [field] })),
    dependentRequired: { rows: ['config'] },
  };
  return Object.fromEntries([
    published('runJob', RunJobInputSchema, rules),
    published('runAsyncAction', RunAsyncActionInputSchema),
    ...(Object.keys(QUESTION_SCHEMAS) as QuestionName[]).map((name) =>
      published(name, QUESTION_SCHEMAS[name], needsOf(name)),
    ),
  ]);
}

function published(workflow: string, schema: z.ZodType, rules: object = {}): [name: string, schema: object] {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  const name = `${workflow.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-input.schema.json`;
  return [name, { $schema, $id: BASE + name, title: `Input of the workflow ${workflow}`, ...rest, ...rules }];
}

function needsOf(name: QuestionName): object {
  const rules = QUESTION_RULES[name];
  return rules ? { dependentRequired: Object.fromEntries(rules.map(([field, needs]) => [field, [needs]])) } : {};
}
