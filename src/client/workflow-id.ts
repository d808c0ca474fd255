import { createHash, randomBytes } from 'node:crypto';
import type { RunAsyncActionInput } from '../job/async-action.js';
import { DEFAULT_CONNECTION, type RunJobInput } from '../job/input.js';
import type { QuestionName } from '../job/questions.js';
import { withDefaults } from '../input/with-defaults.js';

/**
 * A longer id is cut and ends in a digest: hundreds of rows would make an id that nobody can read or copy. This leaves
 * room below Temporal's limit of 1,000 (`limit.maxIDLength`) for the ids of tasks and children.
 */
const LENGTH_MAX = 300;
const KEPT_LENGTH = 200;

/**
 * The id of a job's workflow: `keboola/{connection}/{component}/{config}[;branch=…][;row=…][;key=…]`, each part
 * percent-encoded. One configuration, or one row of it, has one id, so Temporal itself refuses to run it twice at once.
 *
 * An inline configuration has no id to be recognised by, so it gets a random key.
 */
export function workflowIdFor(input: RunJobInput, key?: string): string {
  const { connection, component, config, branchId, rows } = withDefaults(input);
  const parts = [connection, component, config ?? ''].map(encoded);
  const suffixes = [
    suffix('branch', branchId),
    suffix('row', rows?.join(',')),
    suffix('key', key ?? (config === undefined ? randomKey() : undefined)),
  ];
  return shortened(`keboola/${parts.join('/')}${suffixes.join('')}`);
}

/** The id of a pipeline's workflow. Pipelines of the same name run one at a time, unless a key tells them apart. */
export function pipelineWorkflowIdFor(name: string, key?: string): string {
  return shortened(`keboola-pipeline/${encoded(name)}${suffix('key', key)}`);
}

/**
 * The id of a Storage workflow: `keboola-storage/{connection}/{call|import|export}/{what}[;key=…]`. A table is loaded
 * by one import at a time, unless a key tells them apart.
 */
export function storageWorkflowIdFor(
  connection: string | undefined,
  what: readonly [verb: 'call' | 'import' | 'export', target: string],
  key?: string,
): string {
  const parts = [connection ?? DEFAULT_CONNECTION, ...what].map(encoded);
  return shortened(`keboola-storage/${parts.join('/')}${suffix('key', key)}`);
}

/** The id of the workflow that waits for a job that was started elsewhere. */
export function waitWorkflowIdFor(connection: string | undefined, jobId: string): string {
  return shortened(`keboola/${encoded(connection ?? DEFAULT_CONNECTION)}/job/${encoded(jobId)}`);
}

/** The id of the workflow of a call that creates a job; without a key, each call gets an id of its own. */
export function asyncActionWorkflowId({ connection, method, path }: RunAsyncActionInput, key = randomKey()): string {
  const parts = [connection ?? DEFAULT_CONNECTION, `${method} ${path}`].map(encoded);
  return shortened(`keboola-call/${parts.join('/')}${suffix('key', key)}`);
}

/** The prefixes of the ids of workflows that stand for one job; the name of the connection follows. */
export const OWN_PREFIXES = ['keboola/', 'keboola-call/', 'keboola-storage/'] as const;

/** The prefixes of the ids that this client gives to workflows of a connection's jobs. */
export function idPrefixesOf(connection: string): string[] {
  return OWN_PREFIXES.map((prefix) => `${prefix}${encoded(connection)}/`);
}

/** The id of a short workflow that answers a question; each question gets an id of its own. */
export function questionWorkflowId(name: QuestionName, connection: string | undefined): string {
  return shortened(`keboola-ask/${encoded(connection ?? DEFAULT_CONNECTION)}/${name}/${randomKey()}`);
}

export function randomKey(): string {
  return randomBytes(6).toString('hex');
}

function suffix(name: string, part: string | undefined): string {
  return part === undefined ? '' : `;${name}=${encoded(part)}`;
}

function shortened(id: string): string {
  return id.length <= LENGTH_MAX ? id : `${id.slice(0, KEPT_LENGTH)};sha256=${sha256(id)}`;
}

/** Half a surrogate pair is not valid text, and `encodeURIComponent` would throw. */
function encoded(part: string): string {
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
