import { randomBytes } from 'node:crypto';
import { QUEUE_SEGMENTS } from '../fixture/queue-segments.js';
import type { Answer } from './answer.js';

/** A refusal by Queue v2 or by the service of synchronous actions. */
export class QueueProblem extends Error {
  override readonly name = 'QueueProblem';

  constructor(
    readonly status: number,
    message: string,
    /** Field `code` of the body, which may differ from the status. */
    readonly code = status,
    /** What is wrong with a request body, path by path. */
    readonly context: readonly { path: string; message: string }[] = [],
  ) {
    super(message);
  }
}

/** The message of every internal error of the platform, whatever its cause. */
export const INTERNAL_MESSAGE = 'Internal Server Error occurred.';

export function isQueuePath(path: string): boolean {
  return QUEUE_SEGMENTS.includes(path.split('/')[1] ?? '');
}

/** The envelope of keboola/api-error-control, which has no `context` for internal errors. */
export function queueProblemAnswer({ status, message, code, context }: QueueProblem): Answer {
  const json = { error: message, code, exceptionId: `exception-${randomBytes(16).toString('hex')}`, status: 'error' };
  return { status, json: status < 500 ? { ...json, context } : json };
}
