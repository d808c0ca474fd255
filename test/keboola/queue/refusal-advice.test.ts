import { expect, it } from 'vitest';
import { answerError } from '../../../src/keboola/http/answer-error.js';
import { withAdvice } from '../../../src/keboola/queue/refusal-advice.js';

const URL_OF_JOBS = new URL('https://queue.keboola.com/jobs');

function told(reason: string, status = 400): string {
  const { facts } = answerError({ method: 'POST', url: URL_OF_JOBS }, status, {}, JSON.stringify({ error: reason }));
  return withAdvice('M', facts);
}

it.each([
  ['Role "readOnly" is not allowed to run jobs on dev branch', /^M\. A user of that role may only look on: /],
  ['Role "productionManager" is not allowed to run jobs on dev branch', /^M\. .* a developer or a reviewer\.$/],
  ['Role "reviewer" is not allowed to run jobs on default branch', /^M\. .* a production manager, /],
  [
    'Role "none" without "canCreateJobs" permission is not allowed to run jobs on dev branch',
    /^M\. .* may create jobs /,
  ],
])('a refusal says what to do about just that: %s', (reason, sentence) => {
  expect(told(reason)).toMatch(sentence);
});

it.each([400, 403])('a refusal of a project that is not on Queue v2 says what to do, with %i', (status) => {
  const words = /^M\. The project is not on Queue v2: leave "api" out /;
  expect(told('Project does not have feature "queuev2" enabled', status)).toMatch(words);
  expect(told('Project does not have feature "other" enabled', status)).toBe('M');
});

it('a refusal of which nothing is known stays as Keboola has put it', () => {
  expect(told('The project is out of credits')).toBe('M');
});
