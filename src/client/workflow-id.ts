import { createHash, randomBytes } from 'node:crypto';
import { DEFAULT_CONNECTION, type RunJobInput } from '../job/input.js';

/** Temporal's limit (`limit.maxIDLength`); what is longer is cut and told apart by a digest. */
const LENGTH_MAX = 1_000;
const KEPT_LENGTH = 900;

/**
 * The id of a job's workflow: `keboola/{connection}/{component}/{config}[;key=…]`, each part percent-encoded. One
 * configuration has one id, so that Temporal itself refuses to run it twice at a time.
 *
 * An inline configuration has no name to be recognised by and gets a random key.
 */
export function workflowIdFor(input: RunJobInput, key?: string): string {
  const parts = [input.connection ?? DEFAULT_CONNECTION, input.component, input.config ?? ''].map(encoded);
  const ownKey = key ?? (input.config === undefined ? randomKey() : undefined);
  const id = `keboola/${parts.join('/')}${ownKey === undefined ? '' : `;key=${encoded(ownKey)}`}`;
  return id.length <= LENGTH_MAX ? id : `${id.slice(0, KEPT_LENGTH)};sha256=${sha256(id)}`;
}

export function randomKey(): string {
  return randomBytes(6).toString('hex');
}

/** Half a surrogate pair is no text and has no encoding. */
function encoded(part: string): string {
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
