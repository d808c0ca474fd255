import type { z } from 'zod';
import { INPUT_DEPTH_MAX, inexactNumbers } from '../job/text/inexact-numbers.js';
import { fieldsAt, mayBeLeftOut } from './fields-at.js';
import type { InputProblem, InputRules } from './input-problem.js';
import { didYouMean, nearestId } from './nearest-id.js';
import { inPlainWords } from './plain-words.js';
import { findSecrets, redactTokens } from './secrets.js';
import { cut } from '../job/text/well-formed.js';

/** Temporal refuses payloads over 2 MiB, and the input is written to history twice. */
const INPUT_BYTES_MAX = 1024 * 1024;
/** Nobody reads more of them. */
export const PROBLEMS_MAX = 50;
const PATH_LENGTH_MAX = 300;

/** 100,000 unknown keys would make a failure too large for Temporal to store. Leaked tokens are reported first. */
export function bounded(problems: readonly InputProblem[]): InputProblem[] {
  const ranked = [...problems].sort((a, b) => Number(b.leaksToken ?? false) - Number(a.leaksToken ?? false));
  const shown = ranked
    .slice(0, PROBLEMS_MAX)
    .map((problem) => ({ ...problem, path: cut(problem.path, PATH_LENGTH_MAX) }));
  const left = problems.length - shown.length;
  return left === 0 ? shown : [...shown, { path: '', message: `and ${left} more problems` }];
}

/** All problems in one line, for people. */
export function problemsText(problems: readonly InputProblem[]): string {
  const texts = problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return texts.join('; ').replace(/([.?!]); /g, '$1 ');
}

/** @param schema the schema of the whole input, for the names of its fields. */
export function issueProblems(issue: z.core.$ZodIssue, schema: z.ZodType): InputProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsAt(schema, issue.path);
    return issue.keys.map((key, index) => ({
      path: [...issue.path, redactTokens(key)].join('.'),
      // Keys beyond that are never shown, and comparing each with all fields would block a worker for seconds.
      message: unknown(key, index < PROBLEMS_MAX ? known : []),
    }));
  }
  return [{ path: issue.path.join('.'), message: inPlainWords(issue, mayBeLeftOut(schema, issue.path)) }];
}

function unknown(key: string, known: readonly string[]): string {
  const near = didYouMean(nearestId(key, known));
  return near === '' ? 'unknown field' : `unknown field.${near}`;
}

/** Numbers that are not what their author wrote, or would change on their way. */
export function numberProblems(input: unknown): InputProblem[] {
  return inexactNumbers(input).map(({ path, number }) => ({
    path: path.map(redactTokens).join('.'),
    message: Number.isFinite(number)
      ? `the number ${number} is beyond 2^53 - 1 and may have been rounded; write it in quotes`
      : `${number} is not a JSON number; write it in quotes`,
  }));
}

export function secretProblems(input: unknown, rules: InputRules): InputProblem[] {
  return findSecrets(input).flatMap(({ path, kind }): InputProblem[] => {
    if (kind === 'token') {
      return [{ path, message: 'holds a Storage token; name a connection of the worker instead', leaksToken: true }];
    }
    if (kind === 'too-deep') return [{ path, message: `is nested deeper than ${INPUT_DEPTH_MAX} levels` }];
    if (rules.allowPlainSecrets) return [];
    const message = 'is a secret in plain text; encrypt it first (the value then starts with "KBC::")';
    return [{ path, message: `${message}, see https://developers.keboola.com/overview/encryption/` }];
  });
}

/** @returns undefined if the input cannot be written as JSON. */
export function toJson(input: object): string | undefined {
  try {
    return JSON.stringify(input);
  } catch {
    return undefined;
  }
}

export function sizeProblems(json: string, bytesMax = INPUT_BYTES_MAX): InputProblem[] {
  const bytes = Buffer.byteLength(json);
  if (bytes <= bytesMax) return [];
  const advice = bytesMax === INPUT_BYTES_MAX ? 'store it as a configuration' : 'load it in parts';
  return [
    {
      path: '',
      message: `the input is ${bytes} bytes of JSON, at most ${bytesMax}; ${advice}`,
    },
  ];
}

export function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (ArrayBuffer.isView(value)) return 'bytes';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
