import { z } from 'zod';
import { duration } from '../schemas/run-job.js';
import { pipelineParts } from './schema.js';

/** Not entered: the tasks of a nested pipeline are tasks themselves. */
const NESTED = 'pipeline';

/** The paths of all durations in a task, such as `['timeout']` and `['job', 'delay']`. */
export function durationPaths(): string[][] {
  return pathsIn(pipelineParts.task, []);
}

function pathsIn({ shape }: z.ZodObject, above: readonly string[]): string[][] {
  const names = Object.keys(shape).filter((name) => name !== NESTED);
  return names.flatMap((name) => {
    const path = [...above, name];
    const field: unknown = shape[name];
    const schema = field instanceof z.ZodOptional ? field.unwrap() : field;
    if (schema === duration) return [path];
    return schema instanceof z.ZodObject ? pathsIn(schema, path) : [];
  });
}
