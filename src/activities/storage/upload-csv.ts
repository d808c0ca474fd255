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
 * Uploads a file into Storage. The upload's credentials never leave this activity. It first deletes what an earlier
 * attempt has left behind, and a cancelled attempt deletes its own files.
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
    // Whatever a cancellation has broken, report the cancellation.
    cancellationSignal().throwIfAborted();
    return notYet(error, toStorageFailure);
  }
}
