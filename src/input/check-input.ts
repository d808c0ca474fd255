import type { InputProblem, InputRules } from './input-problem.js';
import type { z } from 'zod';
import type { RunAsyncActionInput } from '../job/async-action.js';
import type { RunJobInput } from '../job/input.js';
import type { WaitForJobInput } from '../job/wait/input.js';
import { brokenActionRules, brokenRules } from './field-rules.js';
import {
  bounded,
  describe,
  isRecord,
  issueProblems,
  numberProblems,
  secretProblems,
  sizeProblems,
  toJson,
} from './find-problems.js';
import { RunAsyncActionInputSchema } from './schemas/run-async-action.js';
import { RunJobInputSchema } from './schemas/run-job.js';
import { WaitForJobInputSchema } from './schemas/wait-for-job.js';

export type Checked<T> = { ok: true; value: T } | { ok: false; problems: InputProblem[] };

export type CheckedInput = Checked<RunJobInput>;

/** How one kind of input is checked. */
export interface InputCheck {
  schema: z.ZodType;
  /** Finds violated rules between fields. */
  broken?: (input: Record<string, unknown>) => InputProblem[];
  /** The part of the input that is searched for secrets. Default: all of it. */
  scanned?: (input: Record<string, unknown>) => unknown;
  /** Limit for the input's JSON. */
  bytesMax?: number;
}

/** Checks an input and reports all of its problems at once. Unknown fields are problems: a typo must not be ignored. */
export function checkRunJobInput(input: unknown, rules: InputRules = {}): CheckedInput {
  return checkInput(input, rules, { schema: RunJobInputSchema, broken: brokenRules }) as CheckedInput;
}

/** The same for `runAsyncAction`. */
export function checkRunAsyncActionInput(input: unknown, rules: InputRules = {}): Checked<RunAsyncActionInput> {
  const check = { schema: RunAsyncActionInputSchema, broken: brokenActionRules };
  return checkInput(input, rules, check) as Checked<RunAsyncActionInput>;
}

/** The same for `waitForJob`. */
export function checkWaitForJobInput(input: unknown): Checked<WaitForJobInput> {
  return checkInput(input, {}, { schema: WaitForJobInputSchema }) as Checked<WaitForJobInput>;
}

/** Checks any input and reports all of its problems at once. */
export function checkInput(input: unknown, rules: InputRules, check: InputCheck): Checked<unknown> {
  const { schema, broken = () => [], scanned = (all): unknown => all, bytesMax } = check;
  if (!isRecord(input)) {
    return { ok: false, problems: [{ path: '', message: `expected a JSON object, got ${describe(input)}` }] };
  }
  const json = toJson(input);
  if (json === undefined) {
    return { ok: false, problems: [{ path: '', message: 'cannot be written as JSON (a cycle, a BigInt)' }] };
  }
  const parsed = schema.safeParse(input);
  const all = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => issueProblems(issue, schema))),
    ...broken(input),
    ...numberProblems(input),
    ...secretProblems(scanned(input), rules),
    ...sizeProblems(json, bytesMax),
  ];
  return parsed.success && all.length === 0 ? { ok: true, value: parsed.data } : { ok: false, problems: bounded(all) };
}
