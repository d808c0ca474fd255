import { randomBytes } from 'node:crypto';
import { DEFAULT_CONNECTION, type RunJobInput } from '../job/input.js';

/**
 * The id of a job's workflow: `keboola/{connection}/{component}/{config}[;key=…]`, each part percent-encoded. One
 * configuration has one id, so that Temporal itself refuses to run it twice at a time.
 *
 * An inline configuration has no name to be recognised by and gets a random key.
 */
export function workflowIdFor(input: RunJobInput, key?: string): string {
  const parts = [input.connection ?? DEFAULT_CONNECTION, input.component, input.config ?? ''].map(encodeURIComponent);
  const ownKey = key ?? (input.config === undefined ? randomKey() : undefined);
  return `keboola/${parts.join('/')}${ownKey === undefined ? '' : `;key=${encodeURIComponent(ownKey)}`}`;
}

export function randomKey(): string {
  return randomBytes(6).toString('hex');
}
