import { expect, it } from 'vitest';
import { backstopReads } from '../../../../bench/cost/run/backstop.js';

it('counts once in an hour and eight times in eight how often a job is read that somebody would tell of', () => {
  expect(backstopReads(120, 3_600)).toBe(1);
  expect(backstopReads(120, 28_800)).toBe(8);
});
