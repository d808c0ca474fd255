import { status } from '@grpc/grpc-js';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nudgeEnded } from '../../../src/activities/watch/nudge-ended.js';
import { WatchSteps } from '../../../src/activities/watch/watch-steps.js';
import { Watcher } from '../../../src/activities/watch/watcher.js';
import type { WatchState } from '../../../src/job/watch/watch-request.js';
import { withEnded, type Unmapped } from '../../../src/job/watch/unmapped.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { openListingClient, type ListingClient } from '../../support/lists-of-temporal.js';
import { startShown } from '../../support/shown-workflows.js';
import { untilShown } from '../../support/until-shown.js';
import { inActivity, REQUEST } from '../../support/watch-activity.js';

let server: SharedDevServer;
let taskQueue: string;

beforeAll(async () => {
  server = await connectToDevServer();
  taskQueue = server.unique('asked-for');
});
afterAll(() => server.close());

/** As a watch asks for the workflows of these jobs in the two minutes after they have ended, by a clock of its own. */
async function askedFor({ client }: ListingClient, jobIds: readonly string[]): Promise<readonly Unmapped[]> {
  let unmapped: readonly Unmapped[] = withEnded(
    [],
    jobIds.map((jobId) => ({ jobId, endedMs: 0 })),
    0,
  ).unmapped;
  await inActivity({ temporal: client, taskQueue }, async () => {
    for (let nowMs = 0; nowMs <= 120_000; nowMs += 1_000) unmapped = await nudgeEnded(REQUEST, unmapped, nowMs);
  });
  return unmapped;
}

async function creator(jobId: string, timeout?: '1s'): Promise<WorkflowHandle> {
  const jobs = [{ jobId, ...(timeout && { timeout }) }];
  const [handle] = await startShown(server, { taskQueue, workflowType: 'runJob', jobs });
  return handle!;
}

async function untilListed(handle: WorkflowHandle, executionStatus: string): Promise<void> {
  await untilShown(server.client, [handle], `ExecutionStatus = "${executionStatus}"`);
}

describe('the workflow of a job that has ended', () => {
  it('is asked for once where it has closed by itself', async () => {
    await untilListed(await creator('1', '1s'), 'TimedOut');
    const listing = await openListingClient(server.address);
    expect(await askedFor(listing, ['1'])).toEqual([]);
    expect(listing.lists()).toBe(1);
  });

  it.each(['nobody', 'terminated'])(
    'is asked for eight times in a minute where it is not to be found: %s',
    async (jobId) => {
      const handle = await creator('terminated');
      await handle.terminate();
      await untilListed(handle, 'Terminated');
      const listing = await openListingClient(server.address);
      expect(await askedFor(listing, [jobId])).toEqual([]);
      expect(listing.lists()).toBe(8);
    },
  );

  it('is asked for again, ever less often, where Temporal refuses the list, and the watch goes on', async () => {
    const listing = await openListingClient(server.address, status.RESOURCE_EXHAUSTED);
    const left = await askedFor(listing, ['2']);
    expect(left).toMatchObject([{ jobId: '2' }]);
    expect(listing.lists()).toBeLessThanOrEqual(8);
  });

  it('is asked for with others, of which those that have not been asked for have their turn with the next look', async () => {
    const handle = await creator('3');
    const jobIds = ['3', ...Array.from({ length: 150 }, (_, at) => `4${at}`)];
    const refusing = await openListingClient(server.address, status.RESOURCE_EXHAUSTED);
    const { unmapped } = withEnded(
      [],
      jobIds.map((jobId) => ({ jobId, endedMs: 0 })),
      0,
    );
    const place = { temporal: refusing.client, taskQueue };
    const left = await inActivity(place, () => nudgeEnded(REQUEST, unmapped, 0));
    expect(refusing.lists()).toBe(1);
    expect(left.filter(({ refusals }) => refusals !== undefined)).toHaveLength(100);
    expect(left).toHaveLength(151);
    const answering = { temporal: server.client, taskQueue };
    let later: readonly Unmapped[] = left;
    await inActivity(answering, async () => {
      // On a busy server a list or a nudge may fail, and then comes again.
      for (let nowMs = 1_000; nowMs <= 30_000; nowMs += 1_000) later = await nudgeEnded(REQUEST, later, nowMs);
    });
    expect(later.map(({ jobId }) => jobId)).not.toContain('3');
    await handle.terminate();
  });
});

it('what is under way is asked for again where Temporal refuses to tell, and the watch ends only after a minute of that', async () => {
  const handle = await creator('5');
  const refusing = await openListingClient(server.address, status.RESOURCE_EXHAUSTED);
  const before: WatchState = { cursorMs: 0, health: {}, isHealthy: false, rests: true };
  const noProject = (): Promise<never> => Promise.reject(new Error('Nobody asks Keboola'));
  const watcher = new Watcher(REQUEST, noProject, before, { nowMs: 0, tickMs: 1_000 });
  const steps = new WatchSteps(watcher, REQUEST, { steadyMs: 0, areSleeping: false });
  const next = (client: Client, steadyMs: number): Promise<boolean> =>
    inActivity({ temporal: client, taskQueue }, () => steps.next({ steadyMs, nowMs: steadyMs, temporalMs: steadyMs }));
  expect(await next(server.client, 0)).toBe(true);
  expect(await next(refusing.client, 59_000)).toBe(true);
  await expect(next(refusing.client, 64_000)).rejects.toThrow();
  await handle.terminate();
});
