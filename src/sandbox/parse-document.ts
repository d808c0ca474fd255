import type { z } from 'zod';
import { SandboxInputError } from './sandbox-input-error.js';

const PROBLEMS_MAX = 20;

/** Reads a document that somebody wrote by hand. The error lists the problems with their paths, up to a bound. */
export function parseDocument<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, PROBLEMS_MAX)
    .map((issue) => `${issue.path.length > 0 ? issue.path.map(String).join('.') : '(top level)'}: ${issue.message}`);
  throw new SandboxInputError(`${what} is not valid: ${problems.join('; ')}`);
}
