import type { NoAnswer } from '../../job/failure/no-answer.js';
import { cancellationSignal } from '@temporalio/activity';
import { withoutBlankEnd, withoutByteOrderMark } from '../../input/storage/csv.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { toStorageFailure } from './failures.js';
import { notYet } from '../not-yet.js';
import type { UploadRequest } from '../../job/storage/remote-steps.js';
import { isLeftover } from './is-leftover.js';

/**
 * Uploads a file into Storage. What lets us in stays in here. What an attempt before has left behind is deleted first, and what
 * is cancelled deletes its own.
 *
 * @returns the id of the file.
 */
export async function uploadCsv(
  deps: ActivityDeps,
  { name, csv, width, runId, again, keep, ...place }: UploadRequest,
): Promise<string | NoAnswer> {
  try {
    const content = Buffer.from(withoutBlankEnd(withoutByteOrderMark(csv), width));
    const { files } = await keboolaOf(deps, place);
    if (isLeftover({ again, keep })) await files.removeOfRun(runId);
    return await files.upload(name, content, runId, cancellationSignal());
  } catch (error) {
    // Whatever a cancel has broken, it is the cancel that is told.
    cancellationSignal().throwIfAborted();
    return notYet(error, toStorageFailure);
  }
}
