import type { z } from 'zod';
import type { RunJobInput } from '../job/input.js';
import type { WaitForJobInput } from '../job/wait-input.js';
import { brokenRules } from './field-rules.js';
import { RunJobInputSchema } from './run-job-schema.js';
import { DEPTH_MAX, findSecrets, redactTokens } from './secrets.js';
import { WaitForJobInputSchema } from './wait-for-job-schema.js';

/** One thing that is wrong with an input, and where. */
export interface InputProblem {
  /** Dotted path, empty for the input as a whole. */
  path: string;
  message: string;
  /** A Storage token was found there: by now it may be in a workflow's history. */
  leaksToken?: true;
}

export type Checked<T> = { ok: true; value: T } | { ok: false; problems: InputProblem[] };

export type CheckedInput = Checked<RunJobInput>;

export interface InputRules {
  /** Lets values under a `#key` pass although Keboola has not encrypted them. */
  allowPlainSecrets?: boolean;
}

/** Temporal refuses payloads over 2 MiB, and the input is written to history twice. */
const INPUT_BYTES_MAX = 1024 * 1024;
const PROBLEMS_MAX = 50;
const PATH_LENGTH_MAX = 300;

/** Checks an input and names all of its problems at once. Unknown fields are problems: a typo must not be ignored. */
export function checkRunJobInput(input: unknown, rules: InputRules = {}): CheckedInput {
  return check(input, rules, RunJobInputSchema, brokenRules) as CheckedInput;
}

/** The same for `waitForJob`. */
export function checkWaitForJobInput(input: unknown): Checked<WaitForJobInput> {
  return check(input, {}, WaitForJobInputSchema, () => []) as Checked<WaitForJobInput>;
}

function check(
  input: unknown,
  rules: InputRules,
  schema: z.ZodType,
  broken: (input: Record<string, unknown>) => InputProblem[],
): Checked<unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, problems: [{ path: '', message: `expected a JSON object, got ${describe(input)}` }] };
  }
  const json = toJson(input);
  if (json === undefined) {
    return { ok: false, problems: [{ path: '', message: 'cannot be written as JSON (a cycle, a BigInt)' }] };
  }
  const parsed = schema.safeParse(input);
  const all = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap(issueProblems)),
    ...broken(input as Record<string, unknown>),
    ...secretProblems(input, rules),
    ...sizeProblems(json),
  ];
  return parsed.success && all.length === 0 ? { ok: true, value: parsed.data } : { ok: false, problems: bounded(all) };
}

/** A hundred thousand unknown keys would make a failure that Temporal refuses to store; leaks are told before all else. */
function bounded(problems: readonly InputProblem[]): InputProblem[] {
  const ranked = [...problems].sort((a, b) => Number(b.leaksToken ?? false) - Number(a.leaksToken ?? false));
  const shown = ranked
    .slice(0, PROBLEMS_MAX)
    .map((problem) => ({ ...problem, path: problem.path.slice(0, PATH_LENGTH_MAX) }));
  const left = problems.length - shown.length;
  return left === 0 ? shown : [...shown, { path: '', message: `and ${left} more problems` }];
}

/** One line per problem, for people. */
export function problemsText(problems: readonly InputProblem[]): string {
  return problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
}

function issueProblems(issue: z.core.$ZodIssue): InputProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, redactTokens(key)].join('.'), message: 'unknown field' }));
  }
  return [{ path: issue.path.join('.'), message: issue.message }];
}

function secretProblems(input: unknown, rules: InputRules): InputProblem[] {
  return findSecrets(input).flatMap(({ path, kind }): InputProblem[] => {
    if (kind === 'token') {
      return [{ path, message: 'holds a Storage token; name a connection of the worker instead', leaksToken: true }];
    }
    if (kind === 'too-deep') return [{ path, message: `is nested deeper than ${DEPTH_MAX} levels` }];
    if (rules.allowPlainSecrets) return [];
    const message = 'is a secret in plain text; encrypt it first (the value then starts with "KBC::")';
    return [{ path, message: `${message}, see https://developers.keboola.com/overview/encryption/` }];
  });
}

function toJson(input: object): string | undefined {
  try {
    return JSON.stringify(input);
  } catch {
    return undefined;
  }
}

function sizeProblems(json: string): InputProblem[] {
  const bytes = Buffer.byteLength(json);
  if (bytes <= INPUT_BYTES_MAX) return [];
  return [
    {
      path: '',
      message: `the input is ${bytes} bytes of JSON, at most ${INPUT_BYTES_MAX}; store it as a configuration`,
    },
  ];
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
