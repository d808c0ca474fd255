import { expect, test } from 'vitest';
import { stillUnmapped, withEnded } from '../../../src/job/watch/unmapped.js';

const asked = ({ mapped = [], missed = [] }: { mapped?: string[]; missed?: string[] } = {}): Parameters<
  typeof stillUnmapped
>[1] => ({ mapped: new Set(mapped), missed: new Set(missed) });

test('a job is asked for until its workflow is visible', () => {
  const ended = withEnded([], ['1', '2'], 0);
  expect(stillUnmapped(ended, asked({ mapped: ['1'] }), 1_000)).toEqual([{ jobId: '2', sinceMs: 0 }]);
});

test('a job whose workflow does not become visible is asked for for a minute, and no longer', () => {
  const ended = withEnded([], ['1'], 0);
  expect(stillUnmapped(ended, asked(), 59_999)).toEqual(ended);
  expect(stillUnmapped(ended, asked(), 60_000)).toEqual([]);
});

test('a job that is shown once more is not asked for any longer than before', () => {
  expect(withEnded([{ jobId: '1', sinceMs: 0 }], ['1', '11'], 50_000)).toEqual([
    { jobId: '1', sinceMs: 0 },
    { jobId: '11', sinceMs: 50_000 },
  ]);
});

test('a clock that was set back does not make it last for ever', () => {
  expect(stillUnmapped([{ jobId: '1', sinceMs: 3_600_000 }], asked(), 0)).toEqual([]);
});

test('of a thousand and more the latest are asked for', () => {
  const many = Array.from({ length: 1_200 }, (_, at) => String(at));
  const unmapped = withEnded([], many, 0);
  expect(unmapped).toHaveLength(1_000);
  expect(unmapped.at(-1)?.jobId).toBe('1199');
});

test('a job whose workflow could not be nudged is asked for again, also one that is mapped, for as long as that lasts', () => {
  const ended = withEnded([], ['1', '2'], 0);
  const still = stillUnmapped(ended, asked({ mapped: ['1', '2'], missed: ['1'] }), 60_000);
  expect(still).toEqual([{ jobId: '1', sinceMs: 60_000 }]);
  expect(stillUnmapped(still, asked({ mapped: ['1'] }), 61_000)).toEqual([]);
});
