import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it } from 'vitest';
import { FullDisk, fullDiskFailure } from '../../../../src/activities/storage/files/full-disk.js';

/** What the activity is told at one attempt that has met a disk with this code. */
async function toldAt(attempt: number, code: string, activityId: string): Promise<Error> {
  const disk = new FullDisk(`out.csv cannot be written (${code})`, code);
  const environment = new MockActivityEnvironment({ attempt, activityId });
  return await environment.run(() => Promise.resolve(fullDiskFailure(disk, 'to', 'Make room.')));
}

it('a full disk is waited for, however many attempts were lost for other reasons, and then told', async () => {
  for (let attempt = 51; attempt < 60; attempt++) {
    expect(await toldAt(attempt, 'ENOSPC', 'waits')).toMatchObject({ type: 'FullDisk', nonRetryable: false });
  }
  const last = {
    type: 'InvalidInput',
    nonRetryable: true,
    message: 'to: out.csv cannot be written (ENOSPC). Make room.',
  };
  expect(await toldAt(60, 'ENOSPC', 'waits')).toMatchObject(last);
});

it('each activity counts for itself', async () => {
  for (let attempt = 1; attempt < 10; attempt++) await toldAt(attempt, 'EDQUOT', 'one');
  expect(await toldAt(10, 'EDQUOT', 'another')).toMatchObject({ type: 'FullDisk' });
});

it('a file that is larger than may be is told at once', async () => {
  expect(await toldAt(1, 'EFBIG', 'large')).toMatchObject({ type: 'InvalidInput', nonRetryable: true });
});
