import { expect, it } from 'vitest';
import { withAdvice } from '../../../src/keboola/queue/refusal-advice.js';

const told = (reason: string): string => withAdvice('M', { kind: 'refused', method: 'POST', path: '/jobs', reason });

it.each([
  ['Role "readOnly" is not allowed to run jobs on dev branch', /^M\. A user of that role may only look on: /],
  ['Role "productionManager" is not allowed to run jobs on dev branch', /^M\. .* a developer or a reviewer\.$/],
  ['Role "reviewer" is not allowed to run jobs on default branch', /^M\. .* a production manager, /],
  [
    'Role "none" without "canCreateJobs" permission is not allowed to run jobs on dev branch',
    /^M\. .* may create jobs /,
  ],
  ['Project does not have feature "queuev2" enabled', /^M\. The project is not on Queue v2: leave "api" out /],
])('a refusal says what to do about just that: %s', (reason, sentence) => {
  expect(told(reason)).toMatch(sentence);
});

it('a refusal of which nothing is known stays as Keboola has put it', () => {
  expect(told('The project is out of credits')).toBe('M');
});
