import { Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { withJobFilter, type JobFilterOptions } from '../../../src/cli/options/job-filter-options.js';

function filtered(since: string): JobFilterOptions {
  const command = withJobFilter(new Command('such'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return command.parse(['--since', since], { from: 'user' }).opts();
}

describe('--since', () => {
  it.each([
    ['2026-02-30', 'Expected a duration'],
    ['2026-02-29T08:00Z', 'Expected a duration'],
    ['2026-02-01T24:30Z', 'Expected a duration'],
    ['5', 'Expected a duration'],
    ['tomorrow', 'Expected a duration'],
    ['2199-01-31T08:00Z', '2199-01-31T08:00:00.000Z is yet to come.'],
  ])('%s is refused, since other jobs would be chosen than its author means', (since, words) => {
    const parsed = (): unknown => filtered(since);
    expect(parsed).toThrow(CommanderError);
    expect(parsed).toThrow(words);
  });

  it('takes a time, or how long ago it was', () => {
    expect(filtered('2026-01-31T08:00Z')).toEqual({ since: new Date('2026-01-31T08:00Z') });
    expect(filtered('2024-02-29')).toEqual({ since: new Date('2024-02-29') });
    const agoMs = Date.now() - (filtered('2h').since?.getTime() ?? 0);
    expect(Math.abs(agoMs - 7_200_000)).toBeLessThan(10_000);
  });
});
