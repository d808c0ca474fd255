import { expect, it } from 'vitest';
import { planOf } from '../../../src/job/pipeline/plan.js';
import type { PipelineInput } from '../../../src/job/pipeline/input.js';

const job = { component: 'keboola.ex-http', config: 'daily' };
const retry = { attempts: 3, on: ['timeout' as const] };

it('a title is bounded, also that of a skipped task, which may be as long as the input', () => {
  const skipped = { enabled: false, job: { component: 'x'.repeat(900_000), config: '1' } };
  const [phase] = planOf({ name: 'n', phases: [{ name: 'p', tasks: [skipped] }] }, { maxParallel: 1 }).phases;
  expect(phase?.tasks[0]?.title).toHaveLength(1_000);
});

it('a plan has all defaults written out, ids in order over all phases, and what is switched off', () => {
  const input: PipelineInput = {
    name: 'nightly',
    phases: [
      { name: 'extract', tasks: [{ job }, { job, id: 'own', continueOnFailure: true, timeout: '2s', retry }] },
      {
        name: 'load',
        tasks: [
          { job, enabled: false },
          { job, enabled: true },
        ],
      },
      { name: 'off', enabled: false, tasks: [{ job, id: 'last' }] },
      { name: 'on', enabled: true, tasks: [{ job, id: 'again' }] },
    ],
  };
  const title = expect.any(String) as string;
  const task = { kind: 'job', title, continueOnFailure: false };
  expect(planOf(input, { maxParallel: 4 })).toEqual({
    name: 'nightly',
    maxParallel: 4,
    phases: [
      {
        name: 'extract',
        tasks: [
          { ...task, id: 'keboola.ex-http-daily' },
          { ...task, id: 'own', continueOnFailure: true, timeoutMs: 2_000, retry },
        ],
      },
      {
        name: 'load',
        tasks: [
          { ...task, id: 'keboola.ex-http-daily-2', skipped: true },
          { ...task, id: 'keboola.ex-http-daily-3' },
        ],
      },
      { name: 'off', tasks: [{ ...task, id: 'last', skipped: true }] },
      { name: 'on', tasks: [{ ...task, id: 'again' }] },
    ],
  });
});
