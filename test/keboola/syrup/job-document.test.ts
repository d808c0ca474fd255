import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JobView } from '../../../src/job/job-view.js';
import { toJobView } from '../../../src/keboola/syrup/job-document.js';
import { MalformedJob } from '../../../src/keboola/jobs/malformed-job.js';

/** As the docker application answers a read, in the words of its fixtures. */
const DOCKER_JOB = {
  id: 1000001,
  runId: '999.1000002',
  lockName: 'docker-12-vendor.comp-345',
  project: { id: 12, name: 'P' },
  token: { id: '678', description: 'someone@example.com' },
  component: 'docker',
  command: 'run',
  params: { config: '345', component: 'vendor.comp', mode: 'run' },
  result: { message: 'Component processing finished.', images: [] },
  status: 'success',
  process: { host: 'h1', pid: 42 },
  createdTime: '2020-01-02T03:04:05+01:00',
  startTime: '2020-01-02T03:04:10+01:00',
  endTime: '2020-07-02T03:05:10+02:00',
  durationSeconds: 60,
  waitSeconds: 5,
  nestingLevel: 1,
  error: null,
  errorNote: null,
  terminatedBy: { id: null, description: null },
  isFinished: true,
};

const MINIMAL = { id: '1', status: 'waiting' };

function viewOf(fields: Record<string, unknown>): JobView {
  return toJobView({ ...MINIMAL, ...fields });
}

describe('a job document', () => {
  test('becomes the few fields that decide, show and report', () => {
    expect(toJobView(DOCKER_JOB)).toEqual({
      jobId: '1000001',
      runId: '999.1000002',
      status: 'success',
      isFinished: true,
      component: 'vendor.comp',
      config: '345',
      createdTime: '2020-01-02T02:04:05.000Z',
      startTime: '2020-01-02T02:04:10.000Z',
      endTime: '2020-07-02T01:05:10.000Z',
      waitSeconds: 5,
      durationSeconds: 60,
      message: 'Component processing finished.',
    });
  });

  test('needs no more than an id and a status', () => {
    expect(toJobView(MINIMAL)).toEqual({ jobId: '1', runId: '', status: 'waiting', component: '' });
  });

  test('of a native application names the application as component', () => {
    expect(viewOf({ component: 'ex-db', params: { config: 'sampledatabase' } })).toMatchObject({
      component: 'ex-db',
      config: 'sampledatabase',
    });
  });

  test('of a failed job carries blame, message and exception id', () => {
    const result = { message: 'Table "orders" does not exist.', exceptionId: 'docker-ab12' };
    expect(viewOf({ status: 'error', error: 'user', result })).toMatchObject({
      error: 'user',
      message: 'Table "orders" does not exist.',
      exceptionId: 'docker-ab12',
    });
  });

  test('of a stopped job names who stopped it', () => {
    const terminatedBy = { id: '53044', description: 'ondrej@example.com' };
    expect(viewOf({ status: 'terminated', terminatedBy }).terminatedBy).toBe('ondrej@example.com');
  });

  test('with canceled is spelled as cancelled', () => {
    expect(viewOf({ status: 'canceled' }).status).toBe('cancelled');
  });
});

describe('tolerant reading', () => {
  test('takes numbers written as text', () => {
    expect(viewOf({ waitSeconds: '5', durationSeconds: '60.5' })).toMatchObject({
      waitSeconds: 5,
      durationSeconds: 60.5,
    });
  });

  test('takes ids as numbers and as text, 64 bits wide', () => {
    expect(viewOf({ id: 186985832, runId: 186985833 })).toMatchObject({ jobId: '186985832', runId: '186985833' });
    expect(viewOf({ id: '18446744073709551615' }).jobId).toBe('18446744073709551615');
    expect(viewOf({ params: { config: 345 } }).config).toBe('345');
  });

  test('takes the empty list of PHP for an empty object', () => {
    expect(viewOf({ params: [], result: [], terminatedBy: [] })).toEqual(viewOf({}));
  });

  test('ignores what has another shape than it should', () => {
    const odd = { params: 'x', result: 7, terminatedBy: null, runId: {}, component: 3, isFinished: 'true', error: [] };
    expect(viewOf(odd)).toEqual(viewOf({}));
  });

  test('ignores durations that are none', () => {
    for (const durationSeconds of [-1, Number.NaN, 'soon', '', null, {}]) {
      expect(viewOf({ durationSeconds })).not.toHaveProperty('durationSeconds');
    }
  });

  test('cuts a message that is longer than anybody reads', () => {
    expect(viewOf({ result: { message: 'm'.repeat(100_000) } }).message).toHaveLength(4_000);
  });
});

describe('times', () => {
  test.each([
    ['2020-01-02T03:04:05+01:00', '2020-01-02T02:04:05.000Z'],
    ['2020-07-02T03:04:05+0200', '2020-07-02T01:04:05.000Z'],
    ['2020-01-02T03:04:05Z', '2020-01-02T03:04:05.000Z'],
    ['2020-01-02T03:04:05', '2020-01-02T03:04:05.000Z'],
    ['2020-01-02T03:04:05.250-0530', '2020-01-02T08:34:05.250Z'],
  ])('%s is %s', (given, utc) => {
    expect(viewOf({ createdTime: given }).createdTime).toBe(utc);
  });

  test.each(['', 'yesterday', '2020-13-45T99:99:99', 1577934245, null, {}])('%j is left out', (given) => {
    expect(viewOf({ createdTime: given })).not.toHaveProperty('createdTime');
  });
});

describe('a document that is no job', () => {
  test.each([null, undefined, 7, 'job', [], [1], true])('%j is refused as such', (document) => {
    expect(() => toJobView(document)).toThrow(expect.objectContaining({ name: 'MalformedJob', field: 'job' }));
  });

  test.each([undefined, null, '', {}, Number.NaN, 1.5, -1, 2 ** 60, true])('with id %j names the id', (id) => {
    expect(() => viewOf({ id })).toThrow(expect.objectContaining({ name: 'MalformedJob', field: 'id' }));
  });

  test.each([undefined, null, '', {}, 7, 's'.repeat(10_000)])('with status %j names the status', (status) => {
    expect(() => viewOf({ status })).toThrow(expect.objectContaining({ name: 'MalformedJob', field: 'status' }));
  });
});

describe('arbitrary JSON', () => {
  const key = fc.constantFrom(
    'id',
    'status',
    'runId',
    'params',
    'result',
    'createdTime',
    'durationSeconds',
    '__proto__',
  );
  const document = fc.oneof(fc.jsonValue(), fc.dictionary(key, fc.jsonValue()), fc.dictionary(key, fc.string()));

  test('is a view or a MalformedJob, never another error', () => {
    fc.assert(
      fc.property(document, (json) => {
        try {
          const view = toJobView(json);
          expect(view.jobId).not.toBe('');
          expect(view.status).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedJob);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('makes a view that is small enough for history, however large the document', () => {
    const huge = fc.string({ minLength: 20_000, maxLength: 20_000 });
    fc.assert(
      fc.property(huge, (text) => {
        const params = { component: text, config: text };
        const result = { message: text, exceptionId: text, more: text };
        const view = viewOf({ runId: text, params, result, error: text, terminatedBy: { description: text } });
        expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(32_000);
      }),
      { numRuns: 20 },
    );
  });
});
