import { z } from 'zod';

/** An id, written as text or as a number; anything else counts as missing. */
const id = z
  .union([z.string().min(1), z.number()])
  .optional()
  .catch(undefined);

/**
 * The part of a configuration that says where its variables are defined (`variables_id`), and which stored values apply
 * if a job brings none (`variables_values_id`; keboola/docker-bundle `VariableResolver.php`).
 */
const WithVariables = z.object({ variables_id: id, variables_values_id: id }).catch({});

/** Whether a configuration has variables. Without stored values a job must bring some, or it fails or runs without. */
export type Variables = 'none' | 'with-values' | 'without-values';

/** The id of the configuration that defines its variables; undefined if it has none. */
export function variablesIdOf(content: unknown): string | undefined {
  const { variables_id: variablesId } = WithVariables.parse(content);
  return variablesId === undefined ? undefined : String(variablesId);
}

export function variablesOf(content: unknown): Variables {
  const { variables_id, variables_values_id } = WithVariables.parse(content);
  if (variables_id === undefined) return 'none';
  return variables_values_id === undefined ? 'without-values' : 'with-values';
}
