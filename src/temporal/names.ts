import { SettingsError } from '../input/settings-error.js';
import { placeOf, type SaidBy } from './said-by.js';

/** Temporal's `limit.maxIDLength`, unless its operator has changed it; in bytes. */
const NAME_BYTES_MAX = 1_000;
/** The server keeps task queues below it to itself. */
const RESERVED = '/_sys/';
/** A namespace travels in a header of each call, and gRPC carries nothing else there. */
const HEADER = /^[ -~]*$/;
const CONTROL = /\p{Cc}/u;

/** Refuses a namespace that no call can carry: each would fail in another way, and none would say why. @throws SettingsError. */
export function requireNamespace(namespace: string, saidBy?: SaidBy): string {
  const problem = HEADER.test(namespace) ? lengthProblem(namespace) : 'has a character that no namespace can have';
  if (problem === undefined) return namespace;
  throw new SettingsError(`${placeOf('namespace', saidBy)} ${problem}.`);
}

/** The same for a task queue. @throws SettingsError. */
export function requireTaskQueue(taskQueue: string, saidBy?: SaidBy): string {
  const problem = taskQueueProblem(taskQueue);
  if (problem === undefined) return taskQueue;
  throw new SettingsError(`${placeOf('taskQueue', saidBy)} ${problem}.`);
}

function taskQueueProblem(taskQueue: string): string | undefined {
  if (CONTROL.test(taskQueue)) return 'has a character that cannot be seen, perhaps a line end';
  if (taskQueue.startsWith(RESERVED)) return `begins with ${RESERVED}, which Temporal keeps to itself`;
  return lengthProblem(taskQueue);
}

function lengthProblem(name: string): string | undefined {
  const bytes = Buffer.byteLength(name);
  return bytes > NAME_BYTES_MAX ? `is ${bytes} bytes long, and Temporal takes ${NAME_BYTES_MAX} at most` : undefined;
}
