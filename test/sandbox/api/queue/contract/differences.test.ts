import { describe, expect, it } from 'vitest';
import { create, HTTP, queueSandbox, read } from '../support.js';
import type { QueueJob } from '../support.js';
import { DIFFERENCES, UNSPECIFIED } from './differences.js';
import { jobSchema, schemaProblem } from './schema-of.js';
import { JOB } from './specification.js';

/** Between them they have everything in which the platform differs. */
async function jobs(): Promise<QueueJob[]> {
  const sandbox = await queueSandbox({ queueMainBranch: 'null' });
  const created = await create(sandbox, { component: HTTP, config: 'success', mode: 'forceRun' });
  sandbox.clock.advance(10_000);
  return [created, await read(sandbox, created.id)];
}

describe('where the platform differs from its specification', () => {
  it.each(DIFFERENCES.map((difference) => [difference.field, difference] as const))(
    '%s really does',
    async (field, difference) => {
      const without = jobSchema(DIFFERENCES.filter((other) => other !== difference));
      const problems = (await jobs()).map((job) => schemaProblem(without, job) ?? '').join('\n');
      expect(problems).toContain(field);
    },
  );

  it('is told in full: jobs have no other keys than specified and listed ones', async () => {
    for (const job of await jobs()) {
      expect(schemaProblem(jobSchema(), job)).toBeUndefined();
      expect(Object.keys(job).filter((key) => !(key in JOB) && !UNSPECIFIED.includes(key))).toEqual([]);
      expect(UNSPECIFIED.filter((key) => !(key in job))).toEqual([]);
    }
  });
});
