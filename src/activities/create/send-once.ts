import { activityInfo } from '@temporalio/activity';
import type { CreateOrigin, CreateOutcome } from '../../job/create/creation.js';
import { SILENT_MS_MAX } from '../../job/times/heartbeats.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import { NoJobApi } from '../../keboola/project/no-job-api.js';
import type { PreparedCreate } from '../../keboola/jobs/job-api.js';
import { BudgetSpent } from '../../keboola/http/request-budget.js';
import { isKeboolasDoing, toNoAnswer } from '../failures.js';
import { isFromReset, SEARCH_FIRST } from './is-from-reset.js';
import { prepareAndSend } from './prepare-and-send.js';

const SLOW = `Keboola did not say within ${SILENT_MS_MAX / 1_000} s where to create the job`;
const UNMARKED = 'the heartbeat that must precede the POST could not be recorded; nothing was sent';

/**
 * Sends one creating POST and reports its outcome. The POST is neither repeated nor aborted: a cancelled workflow, a
 * stopping worker and a paused activity all wait for the answer, because a job whose creation was cut off is a job that
 * nobody knows about.
 *
 * @param prepare does everything that must happen before the POST, so that its failure proves that nothing was sent.
 */
export async function sendOnce(origin: CreateOrigin, prepare: () => Promise<PreparedCreate>): Promise<CreateOutcome> {
  // An attempt before this one, or a run before a reset, may have sent it, and may still be at work.
  if (activityInfo().attempt > 1 || isFromReset(origin)) return SEARCH_FIRST;
  return await prepareAndSend<PreparedCreate, CreateOutcome>({
    prepare,
    slow: SLOW,
    unprepared: notSent,
    send: post,
    unmarked: { kind: 'not-sent', message: UNMARKED },
  });
}

async function post(prepared: PreparedCreate): Promise<CreateOutcome> {
  try {
    return { kind: 'accepted', job: await prepared.send() };
  } catch (error) {
    return prepared.outcomeOf(error);
  }
}

function notSent(error: unknown): CreateOutcome {
  if (error instanceof NoJobApi) return { kind: 'refused', type: 'NoJobApi', message: error.message };
  if (error instanceof BudgetSpent) {
    return { kind: 'not-sent', message: error.message, deferredMs: error.deferredMs };
  }
  // Whatever went wrong before the POST, nothing was sent. Our own error must not look like a lost answer.
  if (!isKeboolasDoing(error)) return { kind: 'not-sent', message: String(error) };
  const { kind: _kind, deferredMs: _deferredMs, ...answer } = toNoAnswer(error);
  const isFinal = answer.tokenRefused && !(error instanceof KeboolaError && error.isTokenUnknown);
  if (isFinal) return { kind: 'refused', type: 'TokenRefused', message: answer.message };
  return { kind: 'not-sent', ...answer };
}
