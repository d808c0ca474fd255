import { z } from 'zod';

/** The fields that an object may have at a path of a schema; none where there is no object with fields of given names. */
export function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let here: unknown = bare(schema);
  for (const part of path) here = bare(below(here, part));
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

function below(schema: unknown, part: PropertyKey): unknown {
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodObject ? (schema.shape as Record<PropertyKey, unknown>)[part] : undefined;
}

/** Without what says that it may be missing. */
function bare(schema: unknown): unknown {
  let here = schema;
  while (here instanceof z.ZodOptional || here instanceof z.ZodNullable || here instanceof z.ZodDefault) {
    here = here.unwrap();
  }
  return here;
}
