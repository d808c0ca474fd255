import { createHash } from 'node:crypto';
import type { RunJobInput } from '../job/input.js';
import { withDefaults } from '../job/with-defaults.js';

/** A digest of what an input asks for; two inputs that mean the same have the same one, whatever their key order. */
export function inputDigest(input: RunJobInput): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(withDefaults(input))))
    .digest('hex')
    .slice(0, 32);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, field]) => [key, sorted(field)]));
}
