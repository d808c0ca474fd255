import { randomBytes } from 'node:crypto';
import { isJsonObject } from '../../json.js';
import type { JsonObject } from '../../json.js';
import { SyrupProblem } from '../../answer/problem.js';

/** Deeper bodies are attacks on a stack and not configurations. */
const DEPTH_MAX = 100;
const CIPHER_BYTES = 48;

/**
 * Reads the body of a create call. Nothing, `null` and `[]` (PHP's way to write an empty object) mean no parameters.
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

/** Replaces every `#` value by cipher text, as Keboola does before it stores a configuration. */
export function encryptSecrets(value: unknown, depth = 0): unknown {
  if (depth > DEPTH_MAX) throw new SyrupProblem(400, `The configuration is nested deeper than ${DEPTH_MAX} levels`);
  if (Array.isArray(value)) return value.map((item) => encryptSecrets(item, depth + 1));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const isPlain = key.startsWith('#') && !isJsonObject(item) && !Array.isArray(item) && !isCipher(item);
      return [key, isPlain ? cipher() : encryptSecrets(item, depth + 1)];
    }),
  );
}

function isCipher(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('KBC::');
}

/** Nobody can decrypt it, because the sandbox never needs to. */
function cipher(): string {
  return `KBC::ProjectSecure::${randomBytes(CIPHER_BYTES).toString('base64')}`;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new SyrupProblem(400, 'Bad JSON format of request body');
  }
}
