import { describe, expect, it } from 'vitest';
import { fileProblems } from '../../../src/cli/pipeline/file-rules.js';

const of = (task: unknown): unknown => ({ name: 'n', phases: [{ name: 'p', tasks: [task] }] });
const told = (value: unknown): string[] => fileProblems(value, 10).map(({ path, message }) => `${path}: ${message}`);

describe('a duration in a file', () => {
  it.each<[unknown, string]>([
    [of({ timeout: 90 }), 'phases.0.tasks.0.timeout: has no unit; write for example "90s", "90m" or "90ms"'],
    [of({ timeout: '90' }), 'phases.0.tasks.0.timeout: has no unit; write for example "90s", "90m" or "90ms"'],
    [of({ job: { runTimeout: 3_600 } }), 'phases.0.tasks.0.job.runTimeout: has no unit'],
    [of({ job: { delay: 90 } }), 'phases.0.tasks.0.job.delay: has no unit; write for example "90s"'],
    [of({ asyncAction: { queueTimeout: 60 } }), 'phases.0.tasks.0.asyncAction.queueTimeout: has no unit'],
    [
      of({ pipeline: of({ timeout: 90 }) }),
      'phases.0.tasks.0.pipeline.phases.0.tasks.0.timeout: has no unit; write for example',
    ],
    [
      of({ timeout: 0.5 }),
      'phases.0.tasks.0.timeout: is not a duration between 1 ms and 365 days; write for example "90s"',
    ],
    [of({ timeout: true }), 'phases.0.tasks.0.timeout: is not a duration'],
    [of({ timeout: '2 hours' }), 'phases.0.tasks.0.timeout: is not a duration'],
  ])('has its unit: %j', (value, words) => {
    expect(told(value).join('\n')).toContain(words);
  });

  it('is taken with one, and looked for nowhere else', () => {
    const configData = { timeout: 90, runTimeout: 90 };
    expect(told(of({ timeout: '90s', job: { runTimeout: '2h', queueTimeout: '1d', configData } }))).toEqual([]);
  });
});
