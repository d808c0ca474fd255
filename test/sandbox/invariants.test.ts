import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JobDocument } from '../../src/sandbox/index.js';
import { ask, kill, list, matching, pausedSandbox, post, read, runScript } from './support.js';

/** One thing that somebody does to the sandbox, or time that passes. */
const step = fc.oneof(
  fc.record({
    do: fc.constant('create' as const),
    durationSeconds: fc.integer({ min: 0, max: 20 }),
    children: fc.integer({ min: 0, max: 2 }),
  }),
  fc.record({ do: fc.constant('kill' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 15 }) }),
);

it('holds the promises about documents whatever happens in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const sandbox = await pausedSandbox();
      const created: string[] = [];
      for (const one of steps) {
        if (one.do === 'create') {
          const child = { component: 'ex-db', durationSeconds: 4, afterSeconds: 1 };
          const id = await runScript(sandbox, {
            durationSeconds: one.durationSeconds,
            children: Array(one.children).fill(child),
          });
          // A read right after the 202 always finds the job; the list does not yet.
          expect(await read(sandbox, id)).toMatchObject({ status: 'waiting', isFinished: false });
          expect((await list(sandbox)).map((job) => job.id)).not.toContain(Number(id));
          created.push(id);
        } else if (one.do === 'kill' && created.length > 0) {
          await kill(sandbox, created[one.which % created.length] ?? '');
        } else if (one.do === 'wait') {
          sandbox.clock.advance(one.seconds * 1_000);
        }
      }
      for (const [before, after] of pairs(await sandbox.jobs())) expect(after.id).toBeGreaterThan(before.id);
      for (const job of await sandbox.jobs()) expectSound(job);
      sandbox.clock.advance(120_000);
      const jobs = await sandbox.jobs();
      for (const job of jobs) expectSound(job);
      expect(jobs.every(({ isFinished }) => isFinished)).toBe(true);
      expect(await list(sandbox, { limit: '1000' })).toEqual(jobs.reverse());
      await sandbox.close();
    }),
    { numRuns: 25 },
  );
});

it('never returns the secret of a token', async () => {
  const sandbox = await pausedSandbox();
  const { json, text } = await post(sandbox, '/ex-db/run', {});
  sandbox.clock.advance(10_000);
  const paths = [
    `/queue/job/${json.id}`,
    '/queue/jobs',
    '/v2/storage/tokens/verify',
    '/v2/storage/components',
    '/_sandbox/requests',
  ];
  const answers = [text];
  for (const path of paths) answers.push((await ask(sandbox, path)).text);
  for (const answer of answers) expect(answer).not.toContain(sandbox.token);
});

it('forgets the oldest finished job when it is full, and says so when it cannot', async () => {
  const sandbox = await pausedSandbox({ jobsMax: 2 });
  await runScript(sandbox, { durationSeconds: 60 });
  const short = await runScript(sandbox, { durationSeconds: 1 });
  const full = await post(sandbox, '/ex-db/run', {});
  expect([full.status, full.json.message]).toEqual([500, matching(/sandbox is full/)]);
  sandbox.clock.advance(5_000);
  expect((await post(sandbox, '/ex-db/run', {})).status).toBe(202);
  expect((await ask(sandbox, `/queue/job/${short}`)).status).toBe(404);
  expect(sandbox.counters.jobsInWorld).toBe(2);
});

function expectSound(job: JobDocument): void {
  expect(job.nestingLevel).toBe(job.runId.split('.').length - 1);
  expect(Number(job.runId.split('.').pop())).toBe(job.id + 1);
  expect(job.isFinished).toBe(!['waiting', 'processing', 'terminating'].includes(job.status));
  const ranToItsEnd = ['success', 'error', 'warning'].includes(job.status);
  expect(typeof job.waitSeconds).toBe(ranToItsEnd ? 'number' : 'object');
  expect(job.endTime === null).toBe(!ranToItsEnd && job.status !== 'terminated');
  expect(job.process.host).toBe(job.startTime === null ? 'sandbox-syrup-API' : 'sandbox-syrup-WORKER-1');
  expect(job.terminatedBy.id === null).toBe(!['cancelled', 'terminating', 'terminated'].includes(job.status));
}

function pairs<T>(items: T[]): [T, T][] {
  return items.slice(1).map((item, index) => [items[index] as T, item]);
}
