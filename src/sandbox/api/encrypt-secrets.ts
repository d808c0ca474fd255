import { randomBytes } from 'node:crypto';
import { SyrupProblem } from '../answer/problem.js';
import { isJsonObject } from '../json.js';

/** A deeper body is no configuration but an attack on the stack. */
const DEPTH_MAX = 100;
const CIPHER_BYTES = 48;

/** Replaces every `#` value with ciphertext, as Keboola does before it stores a configuration. */
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

/** Random bytes that nobody can decrypt; the sandbox never needs to. */
function cipher(): string {
  return `KBC::ProjectSecure::${randomBytes(CIPHER_BYTES).toString('base64')}`;
}
