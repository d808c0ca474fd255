import { describe, expect, it } from 'vitest';
import { isJobFailure, isJobResult, isLeftJob, jobResult } from '../../../src/job/guard/job-result.js';
import type { JobResult } from '../../../src/job/result.js';
import { countsOf } from '../../../src/job/wait/status-counts.js';
import { endedJob } from '../../support/ended-job.js';

const TOLD = endedJob('7', {
  details: { type: 'standard', outputTables: [{ id: 'out.c-main.orders', rows: 3 }], tasks: [{ id: '1' }] },
  log: [{ time: '', type: 'info', component: 'c', message: 'Working' }],
  children: [endedJob('8')],
  childrenComplete: false,
  childrenCounts: { success: 1 },
});
const LEFT = { jobId: '7', outcome: 'left-alone' };

describe('the result of a job', () => {
  it('is one with all that it may tell, and with what a later version tells besides', () => {
    for (const told of [endedJob('7'), TOLD, { ...TOLD, more: 1 }]) expect(isJobResult(told)).toBe(true);
  });

  it('is none without any field that each has', () => {
    const ended = endedJob('7');
    for (const field of Object.keys(ended)) expect(isJobResult({ ...ended, [field]: undefined }), field).toBe(false);
  });

  it('is one with a status and an outcome that only a later version knows', () => {
    expect(isJobResult({ ...TOLD, status: 'paused', outcome: 'paused-by-us' })).toBe(true);
  });

  it('is one however odd the statuses of the jobs below it are', () => {
    const statuses = ['constructor', '__proto__', ...Array.from({ length: 200 }, (_, at) => `s${at}`)];
    const childrenCounts = countsOf(statuses.map((status) => ({ status })));
    expect(isJobResult(JSON.parse(JSON.stringify({ ...TOLD, childrenCounts })))).toBe(true);
  });

  it.each<[string, unknown]>([
    ['left-alone', { outcome: 'left-alone' }],
    ['processing', { status: 'processing' }],
    ['of a job below that is none', { children: [{ jobId: '8' }] }],
    ['of a table without an id', { details: { outputTables: [{}] } }],
    ['of a log that is none', { log: 'none' }],
  ])('is none that is %s', (_, more) => {
    expect(isJobResult({ ...TOLD, ...(more as object) })).toBe(false);
  });

  it('is refused without a fault where jobs lie below each other without an end', () => {
    let deep: JobResult = endedJob('1');
    for (let level = 0; level < 20_000; level += 1) deep = { ...endedJob('1'), children: [deep] };
    expect(jobResult(deep, '')).toContain('children: expected nothing');
  });
});

describe('what a canceled workflow remembers', () => {
  it('is a job that was left alone where it says so', () => {
    expect(isLeftJob(LEFT)).toBe(true);
    expect(isLeftJob(TOLD)).toBe(false);
    expect(isLeftJob({ ...LEFT, url: 7 })).toBe(false);
    expect(isJobResult(LEFT)).toBe(false);
  });

  it('is a failure, of a type that a later version has, too, or none', () => {
    for (const type of ['JobError', 'LaterError']) expect(isJobFailure({ type, message: 'why' })).toBe(true);
    for (const odd of [undefined, {}, { type: '', message: 'why' }, { type: 'JobError' }]) {
      expect(isJobFailure(odd)).toBe(false);
    }
  });
});
