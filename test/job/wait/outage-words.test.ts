import { expect, it } from 'vitest';
import type { NoAnswer } from '../../../src/job/failure/no-answer.js';
import { bearOnce, type Outage } from '../../../src/job/wait/outage.js';
import {
  afterTheJob,
  givenUpText,
  NO_JOB_YET,
  NOTHING_STARTED,
  whileItRuns,
  type OutageWords,
} from '../../../src/job/wait/outage-words.js';

const MINUTE_MS = 60_000;
const NOW_MS = 10 * MINUTE_MS;
const silent: NoAnswer = { kind: 'no-answer', message: 'the connection broke' };
const refused: NoAnswer = { kind: 'no-answer', message: 'answered 401', tokenRefused: true };
const deferred: NoAnswer = { kind: 'no-answer', message: 'our budget is used up', deferredMs: 7_000 };
const running = whileItRuns('1', 'https://keboola/jobs/1');
const over = afterTheJob({ jobId: '1', url: 'https://keboola/jobs/1' });

function note(words: OutageWords, answer: NoAnswer, before?: Outage): string {
  const borne = bearOnce(before, answer, NOW_MS, () => 0);
  if (borne.kind !== 'again') throw new Error('given up');
  return words.note(answer, borne, NOW_MS);
}

const since = (minutes: number): Outage => ({ sinceMs: NOW_MS - minutes * MINUTE_MS, failures: 1, message: '' });
const refusedSince = (minutes: number): Outage => ({
  ...since(9),
  tokenRefusedSinceMs: NOW_MS - minutes * MINUTE_MS,
});

it.each<[string, OutageWords, NoAnswer, Outage | undefined, string]>([
  ['no job', NO_JOB_YET, silent, undefined, 'No job yet; asking again in 1 s (giving up in 1 d): the connection broke'],
  [
    'no job, and no token',
    NO_JOB_YET,
    refused,
    refusedSince(5),
    'No job yet; asking again in 2 s (giving up in 55 min): answered 401',
  ],
  ['no job, and not asked', NO_JOB_YET, deferred, undefined, 'No job yet; asking again in 7 s: our budget is used up'],
  [
    'no job, and not asked for minutes',
    NO_JOB_YET,
    { ...deferred, deferredMs: 75_400 },
    undefined,
    'No job yet; asking again in 1 min 15 s: our budget is used up',
  ],
  [
    'no job, and not asked in a silence',
    NO_JOB_YET,
    deferred,
    since(60),
    'No job yet; asking again in 7 s (giving up in 23 h): our budget is used up',
  ],
  [
    'a pipeline',
    NOTHING_STARTED,
    silent,
    undefined,
    'Nothing has started yet; asking again in 1 s (giving up in 1 d): the connection broke',
  ],
  [
    'a job that is over',
    over,
    silent,
    undefined,
    'Job 1 has finished (https://keboola/jobs/1); asking again in 1 s (giving up in 1 d): the connection broke',
  ],
  ['a job that runs', running, silent, undefined, 'Keboola has given no usable answer: the connection broke'],
  [
    'a job that runs, for minutes',
    running,
    silent,
    since(3),
    'Keboola has given no usable answer for 3 min: the connection broke',
  ],
  ['a job that runs, and no token', running, refused, since(3), 'Keboola has refused the token: answered 401'],
  [
    'a job that runs, and no token for minutes',
    running,
    refused,
    refusedSince(4),
    'Keboola has refused the token for 4 min: answered 401',
  ],
  ['a job that runs, and not asked', running, deferred, since(3), 'our budget is used up'],
])('a silence is noted: %s', (_name, words, answer, before, text) => {
  expect(note(words, answer, before)).toBe(text);
});

it.each<[string, OutageWords, string]>([
  ['no job', NO_JOB_YET, 'No job was created'],
  ['a pipeline', NOTHING_STARTED, 'Nothing has started yet'],
  ['a job that is over', over, 'Job 1 has finished (https://keboola/jobs/1)'],
  ['a job that runs', running, 'Job 1 may still run (https://keboola/jobs/1)'],
])('a silence that was too long is told with its reason: %s', (_name, words, begin) => {
  const told = {
    TokenRefused: 'The token was refused for an hour',
    KeboolaUnreachable: 'No usable answer from Keboola in 24 h',
  };
  for (const [as, why] of Object.entries(told)) {
    expect(givenUpText(words, as as keyof typeof told, silent)).toBe(
      `${begin}. ${why}. Last answer: the connection broke`,
    );
  }
});
