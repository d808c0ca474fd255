import { expect, it } from 'vitest';
import { boundAnswer } from '../../src/job/action-outcome.js';
import { whatToCall } from '../../src/job/async-action.js';
import { jobPage, linksTo, placeToLook } from '../../src/job/job-page.js';
import { isNoAnswer } from '../../src/job/failure/no-answer.js';
import { saysSending, SENDING } from '../../src/job/create/sending.js';

const NOTHING = [undefined, null, 'text', 5, {}, []];

it('no answer is told from all else', () => {
  expect(isNoAnswer({ kind: 'no-answer', message: 'silence' })).toBe(true);
  for (const answer of [...NOTHING, { kind: 'read' }, { message: 'no-answer' }]) expect(isNoAnswer(answer)).toBe(false);
});

it('a mark of sending is told from all else', () => {
  expect(saysSending(SENDING)).toBe(true);
  for (const details of [...NOTHING, { sending: false }, { sent: true }]) expect(saysSending(details)).toBe(false);
});

it('a job is looked at on its page, and where there is none at its address', () => {
  const job = { jobId: '7/8', url: 'https://syrup/job/7' };
  const project = { id: '1', name: 'P' };
  expect(jobPage('https://k/jobs', '7/8')).toBe('https://k/jobs/7%2F8');
  expect(linksTo({ project }, job)).toEqual({ url: job.url });
  expect(placeToLook({ project }, job)).toBe(job.url);
  const withPages = { project: { ...project, jobsPage: 'https://k/jobs' } };
  expect(linksTo(withPages, job)).toEqual({ url: job.url, page: 'https://k/jobs/7%2F8' });
  expect(placeToLook(withPages, job)).toBe('https://k/jobs/7%2F8');
});

it('a call is told without how to watch over its job', () => {
  const call = { method: 'POST', path: '/x' } as const;
  expect(whatToCall({ ...call, connection: 'default', runTimeout: '1h' })).toEqual({ call });
  expect(whatToCall({ ...call, body: { a: 1 } })).toEqual({ call: { ...call, body: { a: 1 } } });
});

it('an answer that is too long is bounded, and says so', () => {
  const answer = { rows: 3, text: 'x'.repeat(100) };
  const bytes = JSON.stringify(answer).length;
  expect(boundAnswer(answer, bytes)).toEqual({ answer });
  expect(boundAnswer(answer, bytes - 1)).toMatchObject({ truncated: true });
  expect(boundAnswer({ rows: 3, list: ['x'.repeat(100)] }, 50)).toEqual({ answer: { rows: 3 }, truncated: true });
});
