import { expect, it } from 'vitest';
import { waitText } from '../../../src/job/wait/wait-reason.js';

it('names the job that holds the lock', () => {
  expect(waitText({ kind: 'lock', jobId: '77' })).toContain('job 77');
});

it('says until when a job is not to start', () => {
  expect(waitText({ kind: 'delayed', startsAt: '2026-11-28T06:00:00.000Z' })).toContain(
    'until 2026-11-28T06:00:00.000Z',
  );
});

it('says how full the project is', () => {
  expect(waitText({ kind: 'project-full', running: 10, limit: 10 })).toContain('10 of 10');
});

it('says that nothing is to be seen which holds the job back', () => {
  expect(waitText({ kind: 'nothing' })).toContain('no other job holds its lock');
});
