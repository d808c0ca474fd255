import { describe, expect, it } from 'vitest';
import { stoppingText } from '../../../src/job/tree/stopping-text.js';

const LAGGING = { kind: 'asked', open: 0, healthy: false } as const;

describe('what a stopped job waits for', () => {
  it('is told calmly while the list of jobs is behind by as much as it usually is', () => {
    const text = stoppingText(LAGGING, 59_000);
    expect(text).toContain("the job has stopped; waiting for Keboola's job list to show that");
    expect(text).not.toContain('are not known');
  });

  it('is a reason to look once the list has not come further for a minute', () => {
    expect(stoppingText(LAGGING, 90_000)).toBe(
      "Keboola's job list has not shown the end of the job for 1 min 30 s, so its child jobs are not known",
    );
  });

  it('is a second answer where the first one shows nothing that runs', () => {
    expect(stoppingText({ kind: 'asked', open: 0, healthy: true }, 0)).toBe(
      'the job has stopped; checking that no child job is still running',
    );
  });

  it.each([
    [{ kind: 'asked', open: 3, healthy: true } as const, '3 child jobs are being stopped'],
    [{ kind: 'asked', open: 300, healthy: false, more: true } as const, '300 or more child jobs are being stopped'],
  ])('is the end of those that run: %j', (answer, text) => {
    expect(stoppingText(answer, 90_000)).toBe(text);
  });
});
