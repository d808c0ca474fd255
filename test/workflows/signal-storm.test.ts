import { setTimeout as sleep } from 'node:timers/promises';
import { temporal } from '@temporalio/proto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitForCreatedUpdate, type JobSnapshot } from '../../src/job/messages.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, scripted, type JobLab } from '../support/job-lab.js';

const { WorkflowTaskFailedCause } = temporal.api.enums.v1;
/** Temporal's server lets a hundred events wait for a task, and a read takes half a second here: three times as many come in it. */
const AT_ONCE = 30;
const WAVE_MS = 120;
/** Some reads long. Then the worker takes in what came, before the next storm: a busy machine would only fall further behind. */
const WAVES_PER_STORM = 24;
const READ_MS = 450;
const READS = 8;
/** Without the gauge most reads are ended by force, some more than once: at least four. With it hardly ever the first one of a storm. */
const FORCED_MAX = 2;

type Handle = Awaited<ReturnType<JobLab['start']>>;

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

it.each(['nudge', 'somethingUnknown'])(
  'a storm of signals (%s) ends no task by force once it has begun, however long reads take',
  async (signal) => {
    const lab = await openJobLab(server);
    const handle = await lab.start(scripted({ durationSeconds: 3_000 }));
    await handle.executeUpdate(waitForCreatedUpdate);
    const forced = await stormed(lab, handle, { signal, route: 'read' }, async () => {
      expect((await handle.query<JobSnapshot>('job')).polls).toBeGreaterThan(READS);
    });
    await lab.close();
    expect(forced).toBeLessThanOrEqual(FORCED_MAX);
  },
  120_000,
);

it('a storm of signals ends no task by force while there is no room in the project, however long it takes to count', async () => {
  const lab = await openJobLab(server);
  await lab.sandbox.settings({ parallelLimit: 1 });
  const holder = await lab.start(scripted({ durationSeconds: 3_000 }));
  await holder.executeUpdate(waitForCreatedUpdate);
  const handle = await lab.start(scripted({ durationSeconds: 3_000 }));
  await eventually(async () => expect((await handle.query<JobSnapshot>('job')).note).toContain('The project is full'));
  const before = lab.sandbox.counters.requests.list;
  const forced = await stormed(lab, handle, { signal: 'nudge', route: 'list' }, () => {
    expect(lab.sandbox.counters.requests.list).toBeGreaterThan(before + 2 * READS);
    return Promise.resolve();
  });
  await holder.terminate();
  await lab.close();
  expect(forced).toBeLessThanOrEqual(FORCED_MAX);
}, 120_000);

/**
 * Storms last until as much has been asked of Keboola, which takes its time; the workflow is ended then.
 *
 * @returns how many tasks were ended by force.
 */
async function stormed(
  lab: JobLab,
  handle: Handle,
  { signal, route }: { signal: string; route: 'read' | 'list' },
  isOver: () => Promise<void>,
): Promise<number> {
  const fault = lab.sandbox.faults.add({ route, delayMs: READ_MS, times: 'always' });
  const over = new AbortController();
  const storm = sendUntil(handle, signal, over.signal);
  await eventually(isOver).finally(() => over.abort());
  await storm;
  lab.sandbox.faults.remove(fault.id);
  const forced = await forcedTasks(lab, handle);
  await handle.terminate();
  return forced;
}

/** In all runs: a storm fills the history of one within seconds, and the workflow goes on in a new one. */
async function forcedTasks({ temporal }: JobLab, { workflowId }: Handle): Promise<number> {
  let forced = 0;
  for await (const { runId } of temporal.workflow.list({ query: `WorkflowId = "${workflowId}"` })) {
    const { events } = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    forced += (events ?? []).filter(isForced).length;
  }
  return forced;
}

function isForced({ workflowTaskFailedEventAttributes: failed }: temporal.api.history.v1.IHistoryEvent): boolean {
  return failed?.cause === WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND;
}

async function sendUntil(handle: Handle, signal: string, over: AbortSignal): Promise<void> {
  for (let waves = 1; !over.aborted; waves += 1) {
    const wave = Array.from({ length: AT_ONCE }, () => handle.signal(signal).catch(() => undefined));
    await Promise.all([...wave, sleep(WAVE_MS)]);
    if (waves % WAVES_PER_STORM === 0) await handle.query('job').catch(() => undefined);
  }
}
