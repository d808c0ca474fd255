import { describe, expect, it } from 'vitest';
import { MalformedJob } from '../../../src/keboola/jobs/malformed-job.js';
import { toStorageJobView } from '../../../src/keboola/storage/storage-job-view.js';

const document = { id: 5, status: 'error', runId: '1.2', operationName: 'tableImport' };
const view = { jobId: '5', status: 'error', runId: '1.2', component: 'storage', operation: 'tableImport' };

function failureOf(given: unknown): unknown {
  try {
    return toStorageJobView(given);
  } catch (error) {
    return error;
  }
}

describe('a job document of Storage', () => {
  it.each([
    ['job', null],
    ['job', [document]],
    ['id', { status: 'success' }],
    ['id', { id: -1, status: 'success' }],
    ['status', { id: 5 }],
    ['status', { id: 5, status: 7 }],
  ])('without a usable "%s" is none: %j', (field, given) => {
    expect(failureOf(given)).toBeInstanceOf(MalformedJob);
    expect(failureOf(given)).toMatchObject({ field });
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['an object without a message', {}],
  ])('has no message where its error is %s', (_, error) => {
    expect(toStorageJobView({ ...document, error, results: null })).toStrictEqual(view);
  });

  it('tells its error without what lets anybody in, and no more than can be shown', () => {
    const message = `Load of https://a.example/f?sig=s3cret failed. ${'x'.repeat(100_000)}`;
    const error = { code: 'csvImport.failed', exceptionId: 'e-1', message };
    const read = toStorageJobView({ ...document, error });
    expect(read).toMatchObject({ ...view, error: 'csvImport.failed', exceptionId: 'e-1' });
    expect(read.message).toMatch(/^Load of https:\/\/a\.example\/f\?\*\*\* failed\. x/);
    expect(read.message?.length).toBeLessThan(100_000);
  });

  it('shows results of a job that has failed, too, and no credential in them', () => {
    const results = { connection: { host: 'h', password: 'p' } };
    expect(toStorageJobView({ ...document, results })).toStrictEqual({
      ...view,
      result: { connection: { host: 'h', password: '***' } },
    });
  });
});
