import type { z } from 'zod';

/** Ids look like numbers, `yes` and `true` like words: in YAML and JSON, only quotes make them strings. */
const BARE_WORDS = ['number', 'boolean', 'bigint'];
const WRONG_TYPE = /^Invalid input: expected (\w+)(?:, received (\w+))?$/;

/** The schema library's names of types, and what people call them. */
const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with fields',
  record: 'a JSON object, such as {"parameters":{}}',
  null: 'nothing',
};

/**
 * Replaces the schema library's words, which are for programmers. Our own messages stay as they are.
 *
 * @param isOptional whether the field may be left out.
 */
export function inPlainWords(issue: z.core.$ZodIssue, isOptional = false): string {
  const { message } = issue;
  const [isType, expected = '', received = ''] = WRONG_TYPE.exec(message) ?? [];
  if (isType !== undefined) return typeText(expected, received);
  if (issue.code === 'invalid_value' && message.startsWith('Invalid')) return choiceText(issue);
  if (issue.code === 'too_small' && message.startsWith('Too small')) return tooSmallText(issue, isOptional);
  if (issue.code === 'too_big' && message.startsWith('Too big')) return tooBigText(issue);
  return message;
}

function choiceText({ values }: z.core.$ZodIssueInvalidValue): string {
  return `expected ${values.map((value) => JSON.stringify(value)).join(' or ')}`;
}

function typeText(expected: string, received: string): string {
  const wanted = KINDS[expected] ?? expected;
  if (received === 'undefined') return `is missing; expected ${wanted}`;
  const got = received === '' ? '' : `, got ${KINDS[received] ?? received}`;
  const advice = expected === 'string' && BARE_WORDS.includes(received) ? '; write it in quotes' : '';
  return `expected ${wanted}${got}${advice}`;
}

function tooSmallText({ origin, minimum }: z.core.$ZodIssueTooSmall, isOptional: boolean): string {
  const or = isOptional ? ', or leave it out' : '';
  if (origin === 'string' && minimum === 1) return `is an empty text; give one${or}`;
  if (origin === 'array' && minimum === 1) return `is an empty list; name at least one${or}`;
  if (origin === 'string') return `is too short; at least ${minimum} characters`;
  if (origin === 'array') return `has too few; at least ${minimum}`;
  return `is too small; at least ${minimum}`;
}

function tooBigText({ origin, maximum }: z.core.$ZodIssueTooBig): string {
  if (origin === 'string') return `is too long; at most ${maximum} characters`;
  if (origin === 'array') return `has too many; at most ${maximum}`;
  return `is too large; at most ${maximum}`;
}
