import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { expect, it } from 'vitest';
import { openJobLab, scripted, settled } from '../support/job-lab.js';
import { startTimeSkippingServer } from '../support/time-skipping.js';

const DAY_SECONDS = 86_400;
const EVENTS_MAX = 4_096;

type Events = temporal.api.history.v1.IHistoryEvent[];

/** The histories of a chain of runs, first to last. */
async function chain(client: Client, workflowId: string, firstRunId: string): Promise<Events[]> {
  const runs: Events[] = [];
  for (let runId: string | undefined = firstRunId; runId;) {
    const events: Events = (await client.workflow.getHandle(workflowId, runId).fetchHistory()).events ?? [];
    runs.push(events);
    runId = events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
  }
  return runs;
}

// Takes half a minute: there are more than a thousand looks in a day.
it('a day of waiting with one bad answer in five has one result, one job, and no run over 4,096 events', async () => {
  const server = await startTimeSkippingServer();
  const lab = await openJobLab(server, { clock: { now: () => server.now() } });
  try {
    for (let call = 5; call < 2_000; call += 5) lab.sandbox.faults.add({ route: 'read', call, status: 500 });
    const handle = await server.client.workflow.start('runJob', {
      workflowId: 'a-long-day',
      taskQueue: lab.taskQueue,
      args: [scripted({ durationSeconds: DAY_SECONDS })],
      memo: { owner: 'somebody' },
    });
    const { result } = await settled(handle);
    expect(result).toMatchObject({ status: 'success', adopted: false, durationSeconds: DAY_SECONDS });
    expect(lab.sandbox.counters.posts).toBe(1);
    // A read per minute, and more where one had no answer.
    expect(result?.polls).toBeGreaterThan(24 * 50);
    expect(result?.polls).toBeLessThan(24 * 90);
    const runs = await chain(server.client, 'a-long-day', handle.firstExecutionRunId);
    expect(runs.length).toBeGreaterThan(2);
    expect(Math.max(...runs.map((events) => events.length))).toBeLessThanOrEqual(EVENTS_MAX);
    const memos = runs.map(([started]) =>
      Object.keys(started?.workflowExecutionStartedEventAttributes?.memo?.fields ?? {}),
    );
    expect(new Set(memos.flat())).toEqual(new Set(['owner']));
    expect(memos.every((memo) => memo.includes('owner'))).toBe(true);
  } finally {
    await lab.close();
    await server.stop();
  }
}, 180_000);

it('a budget goes on in the next run where it stood in the one before', async () => {
  const server = await startTimeSkippingServer();
  const lab = await openJobLab(server, { clock: { now: () => server.now() } });
  try {
    const handle = await lab.start({ ...scripted({ durationSeconds: 3 * DAY_SECONDS }), runTimeout: '15h' });
    const { error } = await settled(handle);
    const [started] = await lab.events(handle.workflowId);
    expect(started?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).toBeTruthy();
    const [details] = (error as { cause: { details: [{ durationSeconds: number }] } }).cause.details;
    expect(details.durationSeconds).toBeGreaterThanOrEqual(15 * 3_600 - 1);
    expect(details.durationSeconds).toBeLessThan(15 * 3_600 + 60);
  } finally {
    await lab.close();
    await server.stop();
  }
}, 180_000);
