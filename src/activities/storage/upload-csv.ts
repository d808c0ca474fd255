import type { NoAnswer } from '../../job/failure/no-answer.js';
import { cancellationSignal } from '@temporalio/activity';
import { withoutBlankEnd, withoutByteOrderMark } from '../../input/storage/csv.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { toStorageFailure } from './failures.js';
import { notYet } from '../not-yet.js';
import type { UploadRequest } from '../../job/storage/remote-steps.js';

/**
 * Uploads a file into Storage. What lets us in stays in here. A file too many does no harm, so it may be tried again.
 *
 * @returns the id of the file.
 */
export async function uploadCsv(
  deps: ActivityDeps,
  { name, csv, width = 1, runId, ...place }: UploadRequest,
): Promise<string | NoAnswer> {
  try {
    const content = Buffer.from(withoutBlankEnd(withoutByteOrderMark(csv), width));
    const { files } = await keboolaOf(deps, place);
    return await files.upload(name, content, runId, cancellationSignal());
  } catch (error) {
    return notYet(error, toStorageFailure);
  }
}
