import { expect, it } from 'vitest';
import { withoutSlashes } from '../../../src/job/text/without-slashes.js';

it.each([
  ['', ''],
  ['/', ''],
  ['/docker/a//', '/docker/a'],
  ['//a', '//a'],
])('the path %j is %j without the slashes at its end', (path, bare) => {
  expect(withoutSlashes(path)).toBe(bare);
});

it('a long row of slashes in the middle takes no time', () => {
  const path = `${'/'.repeat(200_000)}x`;
  const startedMs = performance.now();
  expect(withoutSlashes(path)).toBe(path);
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});
