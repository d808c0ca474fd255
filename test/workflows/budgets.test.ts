import { expect, it } from 'vitest';
import { livedMs, scripted, settled, type JobLab } from '../support/job-lab.js';
import { useLeapingLab } from '../support/use-leaping-lab.js';

const HOUR_SECONDS = 3_600;

type Handle = Awaited<ReturnType<JobLab['start']>>;

const open = useLeapingLab();

async function failureOf(handle: Handle): Promise<{ type?: string; message?: string; details?: unknown[] }> {
  const { error } = await settled(handle);
  return (error as { cause?: { type?: string } } | undefined)?.cause ?? {};
}

it('stops a job that runs longer than its runTimeout, and names the limit', async () => {
  const script = { durationSeconds: 5 * HOUR_SECONDS };
  const failure = await failureOf(await open.lab.start({ ...scripted(script), runTimeout: '1h' }));
  expect(failure).toMatchObject({ type: 'JobTimedOut', details: [{ status: 'terminated', outcome: 'timed-out' }] });
  expect(failure.message).toContain('runTimeout (1 h)');
  const [result] = failure.details as [{ durationSeconds: number }];
  expect(result.durationSeconds).toBeGreaterThanOrEqual(HOUR_SECONDS - 1);
  expect(result.durationSeconds).toBeLessThan(HOUR_SECONDS + 30);
});

it('does not give a job its time anew when it is bounced and starts again', async () => {
  const bounced = { durationSeconds: 5 * HOUR_SECONDS, bounceAfterSeconds: 1_800, bounceTimes: 3 };
  const handle = await open.lab.start({ ...scripted(bounced), runTimeout: '1h' });
  expect((await settled(handle)).error).toMatchObject({ cause: { type: 'JobTimedOut' } });
  expect(await livedMs(handle)).toBeLessThan(1.2 * HOUR_SECONDS * 1_000);
});

it('cancels a job that cannot start within its queueTimeout: nothing was charged', async () => {
  const stored = { component: 'keboola.ex-http', config: 'slow' };
  // By a clock that leaps the hour of the holder may be over before the other one begins.
  const [holder, held] = await open.server.withoutLeaps(async () => {
    const first = await open.lab.start(stored);
    await first.executeUpdate('waitForCreated');
    return [first, await open.lab.start({ ...stored, queueTimeout: '10m' })] as const;
  });
  const failure = await failureOf(held);
  expect(failure).toMatchObject({ type: 'JobTimedOut', details: [{ status: 'cancelled', outcome: 'timed-out' }] });
  expect(failure.message).toContain('queueTimeout (10 min)');
  await settled(holder);
});

it('lets a job be that has started between the last look and its queueTimeout', async () => {
  // Looks are a minute apart by then.
  const script = { createdForSeconds: HOUR_SECONDS - 5, durationSeconds: 600 };
  const { result } = await settled(await open.lab.start({ ...scripted(script), queueTimeout: '1h' }));
  expect(result).toMatchObject({ status: 'success', outcome: 'finished' });
});

it('lets a job be that was found only when its queueTimeout was over, and had started in time', async () => {
  open.lab.sandbox.faults.add({ route: 'create', reset: 'after' });
  await open.lab.sandbox.settings({ searchLagSeconds: 120 });
  const { result } = await settled(await open.lab.start({ ...scripted({ durationSeconds: 600 }), queueTimeout: '1m' }));
  await open.lab.sandbox.settings({ searchLagSeconds: 0 });
  expect(result).toMatchObject({ status: 'success', outcome: 'finished', adopted: true });
});

it('tells a job that has ended between the last look and its runTimeout as it ended', async () => {
  const script = { durationSeconds: HOUR_SECONDS - 5 };
  const { result } = await settled(await open.lab.start({ ...scripted(script), runTimeout: '1h' }));
  expect(result).toMatchObject({ status: 'success', outcome: 'finished' });
});

it('tells a job that came to its own end before the stop took effect as it ended', async () => {
  const script = { durationSeconds: 2 * HOUR_SECONDS, whenKilled: 'finishFirst' };
  const { result } = await settled(await open.lab.start({ ...scripted(script), runTimeout: '1h' }));
  expect(result).toMatchObject({ status: 'success', outcome: 'finished-first' });
});
