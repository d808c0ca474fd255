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

/** Whether a configuration has variables; a job of one without stored values has to bring some, or it fails or runs with empty ones. */
export type Variables = 'none' | 'with-values' | 'without-values';

/** Of which configuration its variables are; undefined where it has none. */
export function variablesIdOf(content: unknown): string | undefined {
  const { variables_id: variablesId } = WithVariables.parse(content);
  return variablesId === undefined ? undefined : String(variablesId);
}

export function variablesOf(content: unknown): Variables {
  const { variables_id, variables_values_id } = WithVariables.parse(content);
  if (variables_id === undefined) return 'none';
  return variables_values_id === undefined ? 'without-values' : 'with-values';
}
