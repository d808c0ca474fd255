import { describe, expect, it } from 'vitest';
import type { CallRequest, RunRequest } from '../../../src/job/create/creation.js';
import { namedJob, noJob } from '../../../src/keboola/syrup/created-job.js';

const run: RunRequest = { connection: 'default', project: '1134', component: 'gooddata-writer', runId: '9.1' };
const call: CallRequest = {
  connection: 'default',
  project: '1134',
  runId: '9.1',
  call: { method: 'POST', path: '/provisioning/async/docker' },
};
const url = new URL('https://syrup.keboola.com/gooddata-writer/run');
const exchange = { method: 'POST', url, timeoutMs: 1_000 } as const;

/** The job that an answer names, or why it names none. */
function read(request: RunRequest | CallRequest, json: unknown, status = 202): unknown {
  try {
    return namedJob(request, exchange, { status, json });
  } catch (error) {
    return error;
  }
}

describe('the job that an answer names', () => {
  it.each([
    [
      { id: 7, status: 'canceled' },
      { jobId: '7', status: 'cancelled' },
    ],
    [{ id: 'a-7' }, { jobId: 'a-7', status: 'waiting' }],
    [
      { id: '7', status: 'processing', url: 'https://syrup.keboola.com/queue/job/8' },
      { jobId: '7', status: 'processing' },
    ],
  ])('is known by its id first: %j', (json, job) => {
    expect(read(run, json)).toEqual(job);
    expect(read(call, json, 200)).toEqual(job);
  });

  it.each([
    ['https://syrup.keboola.com/queue/job/8', '8'],
    ['https://syrup.keboola.com/queue/jobs/a-8/', 'a-8'],
    ['https://elsewhere.example/v2/queue/job/8?x=1#y', '8'],
    ['/queue/job/8', '8'],
  ])('is known by its address alone where there is no id: %s', (address, jobId) => {
    expect(read(run, { url: address })).toEqual({ jobId, status: 'waiting' });
    expect(read(call, { url: address }, 200)).toEqual({ jobId, status: 'waiting' });
  });
});

describe('the run id in an answer', () => {
  const json = { id: 7, status: 'waiting', runId: '77' };

  it("is told of a component's own call, which may have ignored the one that was sent", () => {
    expect(read(call, json)).toEqual({ jobId: '7', status: 'waiting', runId: '77' });
    expect(read(call, { ...json, runId: 77 })).toMatchObject({ runId: '77' });
  });

  it('is not believed of a run, whose run id is ours', () => {
    expect(read(run, json)).toEqual({ jobId: '7', status: 'waiting' });
  });

  it.each([['<=9'], ['AND'], ['..'], [''], [null], [[77]]])('is left out where it is none: %j', (runId) => {
    expect(read(call, { ...json, runId })).toEqual({ jobId: '7', status: 'waiting' });
  });
});

describe('an answer that names no job', () => {
  const bad = [
    ['an address of something else', { url: 'https://syrup.keboola.com/queue/job/8/kill' }],
    ['an address that is none', { url: 'http://' }],
    ['an address that is no text', { url: 8 }],
    ['an id that climbs', { id: '..' }],
    ['a status alone', { status: 'waiting' }],
    ['a list', [{ id: '7', status: 'waiting' }]],
    ['nothing', null],
  ] as const;

  it.each(bad)('is a protocol error where a run was accepted or answered otherwise: %s', (_, json) => {
    expect(read(run, json)).toMatchObject({ facts: { kind: 'protocol', method: 'POST', path: url.pathname } });
    expect(read(run, json, 200)).toMatchObject({ facts: { kind: 'protocol' } });
  });

  it.each(bad)('is one where a call was accepted, and else proves that the call makes none: %s', (_, json) => {
    expect(read(call, json)).toMatchObject({ facts: { kind: 'protocol' } });
    expect(read(call, json, 200)).toEqual(noJob('POST', url, 200));
  });

  it('proves nothing where it has all that a job has, though its id is none', () => {
    expect(read(call, { id: '..', status: 'waiting' }, 200)).toMatchObject({ facts: { kind: 'protocol' } });
    expect(read(call, { id: '..', status: 7 }, 200)).toMatchObject({ facts: { kind: 'no-job' } });
  });

  it('is told with method, path and status', () => {
    expect(noJob('POST', url, 204)).toMatchObject({
      facts: { kind: 'no-job', method: 'POST', path: '/gooddata-writer/run', status: 204 },
      message: expect.stringMatching(/^POST \/gooddata-writer\/run answered 204: the answer contains no job/) as string,
    });
  });
});
