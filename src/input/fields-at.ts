import { z } from 'zod';

/** The names of the fields that a schema allows at a path; empty if there is no object with fixed fields. */
export function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let here: unknown = bare(schema);
  for (const part of path) here = bare(below(here, part));
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

/** Whether the field at a path is optional; not where the path leads to no field with a name. */
export function mayBeLeftOut(schema: z.ZodType, path: readonly PropertyKey[]): boolean {
  let here: unknown = schema;
  for (const part of path) here = below(bare(here), part);
  return here instanceof z.ZodOptional || here instanceof z.ZodDefault;
}

function below(schema: unknown, part: PropertyKey): unknown {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodObject ? (schema.shape as Record<PropertyKey, unknown>)[part] : undefined;
}

/** A schema without its wrappers "optional", "nullable" and "default". */
function bare(schema: unknown): unknown {
  let here = schema;
  while (here instanceof z.ZodOptional || here instanceof z.ZodNullable || here instanceof z.ZodDefault) {
    here = here.unwrap();
  }
  return here;
}
