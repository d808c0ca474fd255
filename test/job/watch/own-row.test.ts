import { expect, test } from 'vitest';
import { fenceFor } from '../../../src/job/create/fence.js';
import { isOurOwn } from '../../../src/job/watch/own-row.js';

const FENCE = fenceFor('run', 1);

test.each([
  ['at the top', `${FENCE}.123`],
  ['below the run of somebody else', `55.66.${FENCE}.123`],
  ['below a job of ours', `${fenceFor('run', 2)}.7.${FENCE}.123`],
])('a job that a creation of ours has made is known %s', (_, runId) => {
  expect(isOurOwn(runId)).toBe(true);
});

test.each([
  ['of somebody else', '123'],
  ['of somebody else, below a run', '55.123'],
  ['that a job of ours has spawned', `${FENCE}.123.124`],
  ['whose run id is the fence alone', FENCE],
  ['that shows no run id', ''],
  ['whose run id is none', `${FENCE}..1`],
])('a job is not taken for one %s', (_, runId) => {
  expect(isOurOwn(runId)).toBe(false);
});
