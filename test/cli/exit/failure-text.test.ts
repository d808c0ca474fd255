import { ServiceError } from '@temporalio/client';
import { expect, it } from 'vitest';
import { LeftBehind } from '../../../src/cli/exit/left-behind.js';
import { aftermathLines, failureDocument } from '../../../src/cli/exit/failure-text.js';
import { UsageError } from '../../../src/cli/exit/usage-error.js';
import { JobFailedError } from '../../../src/client/errors.js';
import { endedJob } from '../../support/ended-job.js';

const JOB = endedJob('7', { status: 'error', exceptionId: 'e-1' });

function aftermathOf(message: string): string {
  const job = { ...JOB, message };
  return aftermathLines(failureDocument(new JobFailedError('w', 'JobUserError', message, job))).join('\n');
}

it.each(['Table "orders" does not exist.', 'It costs $& or $1.\nIn two lines.'])(
  'what became of a job does not tell again what its failure has just told: %j',
  (message) => {
    expect(aftermathOf(message)).toMatch(/^error · job 7 · c\nexception id e-1\n/);
  },
);

it('what became of a job keeps a message that says more than its failure', () => {
  const error = new JobFailedError('w', 'JobWarning', 'it ended as a warning', { ...JOB, message: 'Half is done.' });
  expect(aftermathLines(failureDocument(error)).join('\n')).toContain('\nHalf is done.\n');
});

it('what a failure has left behind is told with it, and it counts as what it is', () => {
  const left = new LeftBehind('Storage keeps file 7 for 15 days.', new UsageError('There is no room.'));
  expect(failureDocument(left)).toEqual({
    type: 'UsageError',
    exitCode: 2,
    message: 'There is no room. Storage keeps file 7 for 15 days.',
  });
});

it('what Temporal has said of a failure is told, whatever the failure has left behind', () => {
  const cause = Object.assign(new Error(), { code: 3, details: 'invalid query.', metadata: {} });
  const error = new LeftBehind('Nothing was started.', new ServiceError('Failed to list', { cause }));
  expect(failureDocument(error)).toEqual({
    type: 'ServiceError',
    exitCode: 2,
    message: 'Failed to list: invalid query. Nothing was started.',
  });
});
