import { z } from 'zod';
import type { RunJobInput } from '../job/input.js';
import { isRunId } from '../job/run-id.js';
import { DEPTH_MAX, findSecrets, redactTokens } from './secrets.js';

/** One thing that is wrong with an input, and where. */
export interface InputProblem {
  /** Dotted path, empty for the input as a whole. */
  path: string;
  message: string;
  /** A Storage token was found there: by now it may be in a workflow's history. */
  leaksToken?: true;
}

export type CheckedInput = { ok: true; value: RunJobInput } | { ok: false; problems: InputProblem[] };

export interface InputRules {
  /** Lets values under a `#key` pass although Keboola has not encrypted them. */
  allowPlainSecrets?: boolean;
}

/** Temporal refuses payloads over 2 MiB, and the input is written to history twice. */
const INPUT_BYTES_MAX = 1024 * 1024;
const PROBLEMS_MAX = 50;
const PATH_LENGTH_MAX = 300;

/** Fields of the contract that this version does not build yet, with the only value it can honour, if any. */
const NOT_SUPPORTED_YET: Readonly<Record<string, unknown>> = {
  rows: undefined,
  tag: undefined,
  branchId: undefined,
  variableValuesId: undefined,
  variableValuesData: undefined,
  mode: 'run',
  queueTimeout: undefined,
  runTimeout: undefined,
  onAmbiguousCreate: 'fail',
  children: 'ignore',
};

const NO_RUN_ID = 'no run id; expected segments joined by dots, for example "186985833"';

const text = z.string().min(1).max(255);
const jsonObject = z.record(z.string(), z.unknown());

/** The schema of `runJob`'s input; it serves the client, the command line, the first activity and the JSON Schema. */
export const RunJobInputSchema = z
  .strictObject({
    connection: text.optional(),
    component: text.regex(/^[A-Za-z0-9][\w.-]*$/, 'no component id; expected for example "keboola.ex-db-mysql"'),
    config: text.optional(),
    configData: jsonObject.optional(),
    params: jsonObject.optional(),
    parentRunId: text
      // It becomes a header, which cannot carry every text.
      .refine((given) => isRunId(given) && /^[\x21-\x7e]+$/.test(given), NO_RUN_ID)
      .optional(),
    onWarning: z.enum(['accept', 'fail']).optional(),
    onTerminated: z.enum(['cancel', 'fail']).optional(),
  })
  .refine((input) => input.config !== undefined || input.configData !== undefined || input.params !== undefined, {
    message: 'names nothing to run: give "config" (a stored configuration) or "configData" (an inline one)',
    path: ['config'],
  });

/** Checks an input and names all of its problems at once. Unknown fields are problems: a typo must not be ignored. */
export function checkRunJobInput(input: unknown, rules: InputRules = {}): CheckedInput {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, problems: [{ path: '', message: `expected a JSON object, got ${describe(input)}` }] };
  }
  const json = toJson(input);
  if (json === undefined) {
    return { ok: false, problems: [{ path: '', message: 'cannot be written as JSON (a cycle, a BigInt)' }] };
  }
  const { supported, problems } = splitUnsupported(input as Record<string, unknown>);
  const parsed = RunJobInputSchema.safeParse(supported);
  const all = [
    ...problems,
    ...(parsed.success ? [] : parsed.error.issues.flatMap(issueProblems)),
    ...secretProblems(input, rules),
    ...sizeProblems(json),
  ];
  return parsed.success && all.length === 0
    ? { ok: true, value: parsed.data as RunJobInput }
    : { ok: false, problems: bounded(all) };
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

function splitUnsupported(input: Record<string, unknown>): { supported: object; problems: InputProblem[] } {
  const supported = { ...input };
  const problems: InputProblem[] = [];
  for (const [field, honoured] of Object.entries(NOT_SUPPORTED_YET)) {
    if (!(field in supported)) continue;
    if (supported[field] !== undefined && supported[field] !== honoured) {
      problems.push({ path: field, message: 'not supported yet in this version' });
    }
    Reflect.deleteProperty(supported, field);
  }
  return { supported, problems };
}

function issueProblems(issue: z.core.$ZodIssue): InputProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: redactTokens(key), message: 'unknown field' }));
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
