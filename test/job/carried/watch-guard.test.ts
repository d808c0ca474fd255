import { expect, test } from 'vitest';
import { watchGuard } from '../../../src/job/carried/watch-guard.js';

const REQUEST = { connection: 'default', stack: 'keboola.example', project: '7' };
const STATE = {
  cursorMs: 1,
  health: { provenMs: 1, unseen: { jobId: '1', runId: '2', endedMs: 3 } },
  isHealthy: true,
  tickMs: 30_000,
  rests: true,
  owes: true,
};

test.each([
  ['a request', REQUEST],
  ['one that goes on', { ...REQUEST, state: STATE }],
  ['one that goes on from one that had not looked yet', { ...REQUEST, state: { ...STATE, tickMs: undefined } }],
  ['one that a newer version has sent', { ...REQUEST, more: true, state: { ...STATE, more: [] } }],
])('%s passes', (_, request) => {
  expect(watchGuard(request, '')).toBeUndefined();
});

test.each([
  [undefined, 'expected a JSON object'],
  [null, 'expected a JSON object'],
  [[], 'expected a JSON object'],
  ['x', 'expected a JSON object'],
  [{ constructor: 1 }, 'connection: expected text of at most 1000 characters'],
  [{ ...REQUEST, stack: undefined }, 'stack: expected text of at most 1000 characters'],
  [{ ...REQUEST, project: 7 }, 'project: expected text of at most 1000 characters'],
  [{ ...REQUEST, state: null }, 'state: expected a JSON object'],
  [
    { ...REQUEST, state: { ...STATE, cursorMs: 'now' } },
    'state.cursorMs: expected a number from -8000000000000000 to 8000000000000000',
  ],
  [{ ...REQUEST, state: { ...STATE, tickMs: -1 } }, 'state.tickMs: expected a number from 0 to 1000000000000'],
  [{ ...REQUEST, state: { ...STATE, rests: 1 } }, 'state.rests: expected true'],
  [{ ...REQUEST, state: { ...STATE, owes: false } }, 'state.owes: expected true'],
  [{ ...REQUEST, state: { ...STATE, health: [] } }, 'state.health: expected a JSON object'],
])('%j does not pass', (request, problem) => {
  expect(watchGuard(request, '')).toBe(problem);
});
