import { z } from 'zod';

/** An id as text, also where it is written as a number; what is neither is none. */
const id = z
  .union([z.string().min(1), z.number()])
  .optional()
  .catch(undefined);

/**
 * The part of a configuration that says which variables it has (`variables_id`) and which stored values they have where
 * a job brings none (`variables_values_id`; keboola/docker-bundle `VariableResolver.php`).
 */
const WithVariables = z.object({ variables_id: id, variables_values_id: id }).catch({});

/** Whether a job of this configuration has to bring values: Keboola fails it otherwise, or runs it with empty ones. */
export function needsValues(content: unknown): boolean {
  const { variables_id, variables_values_id } = WithVariables.parse(content);
  return variables_id !== undefined && variables_values_id === undefined;
}
