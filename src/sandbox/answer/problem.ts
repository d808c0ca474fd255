import { randomBytes } from 'node:crypto';
import { StorageFailure } from '../storage/storage-failure.js';
import type { Answer } from './answer.js';
import { INTERNAL_MESSAGE, isQueuePath, QueueProblem, queueProblemAnswer } from './queue-problem.js';

export const GENERIC_MESSAGE = 'Contact support@keboola.com and attach this exception id.';

/** A refusal by one of the Syrup apps; the server wraps it in that app's envelope. */
export class SyrupProblem extends Error {
  override readonly name = 'SyrupProblem';

  constructor(
    readonly status: number,
    message: string,
    readonly title = status < 500 ? 'User error' : 'Application error',
  ) {
    super(message);
  }
}

/** A refusal by Storage, whose own envelope has a dotted text as its code. */
export class StorageProblem extends Error {
  override readonly name = 'StorageProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Storage's answer for a disabled project; Syrup turns it into an envelope of its own. */
export class ProjectDisabled extends Error {
  override readonly name = 'ProjectDisabled';
}

/** What the error envelopes tell about the request. */
export interface Asker {
  path: string;
  runId: string | undefined;
}

const RETRY_AFTER_SECONDS = '60';

/** Turns whatever a handler threw into the error answer of the app that the path belongs to. */
export function answerProblem(error: unknown, asker: Asker): Answer {
  if (isQueuePath(asker.path)) return answerQueueProblem(error);
  if (error instanceof StorageProblem) return storageAnswer(error);
  // The operation ran at once, without a job.
  if (error instanceof StorageFailure) return storageAnswer(new StorageProblem(400, error.code, error.message));
  if (error instanceof ProjectDisabled) return isStorage(asker) ? maintenance(error) : disabled(error, asker);
  if (error instanceof SyrupProblem) return envelope(error, asker);
  return envelope(new SyrupProblem(500, ownFault(error)), asker);
}

/** Shared helpers throw Syrup's problems; on Queue v2's paths these get Queue v2's envelope as well. */
function answerQueueProblem(error: unknown): Answer {
  if (error instanceof QueueProblem) return queueProblemAnswer(error);
  if (error instanceof SyrupProblem) return queueProblemAnswer(new QueueProblem(error.status, error.message));
  if (!(error instanceof ProjectDisabled)) return queueProblemAnswer(new QueueProblem(500, ownFault(error)));
  const answer = queueProblemAnswer(new QueueProblem(503, `Project is disabled: ${error.message}`));
  return { ...answer, headers: { 'retry-after': RETRY_AFTER_SECONDS } };
}

function ownFault(error: unknown): string {
  return `Sandbox: ${error instanceof Error ? error.message : String(error)}`;
}

/** The error envelope of a bare status, for faults that set no body. */
export function plainProblem(status: number, asker: Asker): Answer {
  if (isStorage(asker)) return storageAnswer(new StorageProblem(status, 'sandbox.fault', 'A fault of the sandbox'));
  if (isQueuePath(asker.path)) {
    const message = status < 500 ? 'Refused by a fault of the sandbox' : INTERNAL_MESSAGE;
    return queueProblemAnswer(new QueueProblem(status, message));
  }
  return envelope(
    new SyrupProblem(status, status < 500 ? 'Refused by a fault of the sandbox' : GENERIC_MESSAGE),
    asker,
  );
}

/** keboola/syrup Listener/SyrupExceptionListener.php; its `runId` is the header cast to an integer. */
function envelope({ status, title, message }: SyrupProblem, { path, runId }: Asker): Answer {
  const app = path.split('/')[1] ?? '';
  const exceptionId = `${app === '' ? 'syrup' : app.slice(0, 100)}-${randomBytes(16).toString('hex')}`;
  const json = { status: 'error', error: title, code: status, message, exceptionId, runId: phpInteger(runId ?? '') };
  return { status, json };
}

const PHP_INT_MAX = 2n ** 63n - 1n;

/** PHP's (int) cast of a text: its leading number, at most 64 bits wide. */
function phpInteger(text: string): number | bigint {
  const digits = BigInt(/^\s*(\d+)/.exec(text)?.[1] ?? 0);
  const value = digits > PHP_INT_MAX ? PHP_INT_MAX : digits;
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? value : Number(value);
}

function disabled({ message }: ProjectDisabled, asker: Asker): Answer {
  return envelope(new SyrupProblem(503, `Project is disabled: ${message}`, 'Project is disabled'), asker);
}

function maintenance({ message }: ProjectDisabled): Answer {
  const json = { status: 'maintenance', estimatedEndTime: null, reason: message };
  return { status: 503, json, headers: { 'retry-after': RETRY_AFTER_SECONDS } };
}

function storageAnswer({ status, code, message }: StorageProblem): Answer {
  const exceptionId = `keboola-${randomBytes(16).toString('hex')}`;
  return { status, json: { status: 'error', error: message, code, exceptionId } };
}

function isStorage({ path }: Asker): boolean {
  return path.startsWith('/v2/');
}
