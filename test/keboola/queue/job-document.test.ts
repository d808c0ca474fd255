import { describe, expect, test } from 'vitest';
import { toQueueJobRow, toQueueJobView } from '../../../src/keboola/queue/job-document.js';

const DOCUMENT = {
  id: '1301588413',
  runId: '1301588412.1301588413',
  parentRunId: '1301588412',
  status: 'error',
  isFinished: true,
  component: 'keboola.ex-db-mysql',
  config: '771204',
  createdTime: '2026-11-28T07:20:05+00:00',
  startTime: '2026-11-28T08:20:09+01:00',
  endTime: '2026-11-28T07:24:00.001Z',
  durationSeconds: 231,
  result: { message: 'Access denied', error: { type: 'user', exceptionId: 'exception-5f2e' } },
};

test('a document is read whole, its times in UTC', () => {
  expect(toQueueJobView(DOCUMENT)).toEqual({
    jobId: '1301588413',
    runId: '1301588412.1301588413',
    status: 'error',
    isFinished: true,
    component: 'keboola.ex-db-mysql',
    config: '771204',
    createdTime: '2026-11-28T07:20:05.000Z',
    startTime: '2026-11-28T07:20:09.000Z',
    endTime: '2026-11-28T07:24:00.001Z',
    waitSeconds: 4,
    durationSeconds: 231,
    error: 'user',
    exceptionId: 'exception-5f2e',
    message: 'Access denied',
  });
});

test('a final status is the end, although the document says that the job has not finished', () => {
  expect(toQueueJobView({ ...DOCUMENT, isFinished: false })).not.toHaveProperty('isFinished');
  expect(toQueueJobView({ ...DOCUMENT, status: 'processing', isFinished: false })).toHaveProperty('isFinished', false);
});

test('a job whose kill was accepted is being stopped, whatever its status says yet', () => {
  const killed = { ...DOCUMENT, desiredStatus: 'terminating' };
  expect(toQueueJobView({ ...killed, status: 'processing', isFinished: false })).toHaveProperty('stopAsked', true);
  expect(toQueueJobRow({ ...killed, status: 'waiting', isFinished: false })).toHaveProperty('stopAsked', true);
  expect(toQueueJobView({ ...killed, status: 'terminated' })).not.toHaveProperty('stopAsked');
  expect(toQueueJobView({ ...killed, desiredStatus: 'processing' })).not.toHaveProperty('stopAsked');
});

test('a row of a list does not say whether it has finished, since the index says no where it does not know', () => {
  expect(toQueueJobRow({ ...DOCUMENT, isFinished: false })).not.toHaveProperty('isFinished');
});

test.each(['result', 'config', 'startTime', 'endTime', 'durationSeconds', 'parentRunId', 'isFinished', 'createdTime'])(
  '"%s" may be missing, null, or what PHP writes for an empty object',
  (field) => {
    for (const value of [undefined, null, []]) {
      expect(toQueueJobView({ ...DOCUMENT, [field]: value })).toMatchObject({ jobId: '1301588413', status: 'error' });
    }
  },
);

test('numbers are ids as well, and one that a number cannot hold exactly is none', () => {
  expect(toQueueJobView({ ...DOCUMENT, id: 5, runId: 5, parentRunId: '', config: 7 })).toMatchObject({
    jobId: '5',
    runId: '5',
    config: '7',
  });
  expect(() => toQueueJobView({ ...DOCUMENT, id: 2 ** 60 })).toThrow('"id"');
});

test('ids above 2^53 stay as they are', () => {
  const big = '98765432109876543210';
  expect(toQueueJobView({ ...DOCUMENT, id: big, runId: `7.${big}`, parentRunId: '7' })).toMatchObject({
    jobId: big,
    runId: `7.${big}`,
  });
});

describe('the run id', () => {
  test.each([
    ['the parent wins where the two do not fit', { runId: '9.1301588413', parentRunId: '8' }, '8.1301588413'],
    ['it is made of the parent where there is none', { runId: null, parentRunId: '8.7' }, '8.7.1301588413'],
    ['it stays without a parent', { runId: '1301588413', parentRunId: '' }, '1301588413'],
    ['it is empty where nothing tells it', { runId: undefined, parentRunId: null }, ''],
  ])('%s', (_what, fields, runId) => {
    expect(toQueueJobView({ ...DOCUMENT, ...fields }).runId).toBe(runId);
  });
});

test.each([[[]], [null], ['text'], [{}], [{ id: '1' }], [{ id: '', status: 'success' }], [{ id: '1', status: [] }]])(
  '%j is no job',
  (document) => {
    expect(() => toQueueJobView(document)).toThrow('the job document has no usable');
  },
);

test('a status that is new is data, and the one-l spelling is the other one', () => {
  expect(toQueueJobView({ ...DOCUMENT, status: 'paused' }).status).toBe('paused');
  expect(toQueueJobView({ ...DOCUMENT, status: 'canceled' }).status).toBe('cancelled');
});

test('a start before the creation, of two clocks, makes no negative wait', () => {
  expect(toQueueJobView({ ...DOCUMENT, startTime: '2026-11-28T07:20:00Z' }).waitSeconds).toBe(0);
});
