import { isJsonObject } from '../../json.js';
import type { JsonObject } from '../../json.js';
import { SyrupProblem } from '../../answer/problem.js';

/**
 * Reads the body of a create call. No body, `null` and `[]` (PHP's way to write an empty object) mean no parameters.
 *
 * @throws SyrupProblem 400 for anything that is no JSON object.
 */
export function readRunBody(body: string): JsonObject {
  if (body.trim() === '') return {};
  const value = parse(body);
  if (value === null) return {};
  // PHP sees the positions of a list as keys, which are then refused as unknown parameters.
  if (Array.isArray(value)) return Object.fromEntries(value.map((item, index) => [index, item]));
  if (isJsonObject(value)) return value;
  throw new SyrupProblem(400, 'Bad JSON format of request body');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new SyrupProblem(400, 'Bad JSON format of request body');
  }
}
