import type { temporal } from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitForCreatedUpdate, type JobSnapshot } from '../../src/job/messages.js';
import { watcherId, type WatchRequest } from '../../src/job/watch/watch-request.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { killInKeboola, QUEUE_V2, SYRUP } from '../support/dialects.js';
import { eventually } from '../support/eventually.js';
import { historyText } from '../support/history-text.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { endInKeboola, UNTIL_ENDED } from '../support/until-ended.js';
import { untilShown } from '../support/until-shown.js';
import { nudgesOf, requestOf } from '../support/watch-activity.js';
import { startCompanions } from '../support/watched-lab.js';

const DIALECTS = [
  { ...SYRUP, project: '1134' },
  { ...QUEUE_V2, project: '5555' },
];

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

describe.each(DIALECTS)('a watcher of a project on $name', ({ project, ...dialect }) => {
  const { token } = dialect;
  const request = (of: Pick<JobLab, 'sandbox'>): WatchRequest => ({ ...requestOf(of), project });
  let lab: JobLab;

  beforeAll(async () => {
    lab = await openJobLab(server, { token });
  });
  afterAll(() => lab.close());

  const watch = (): Promise<unknown> => lab.start(request(lab), watcherId(lab.taskQueue, request(lab)), 'watchProject');
  /** Those that say that it has ended; a watcher that begins sends others, at times more than once. */
  const nudges = async (handle: Parameters<typeof nudgesOf>[1]): Promise<number> =>
    (await nudgesOf(lab, handle)).filter((carried) => carried === undefined).length;

  it('nudges the workflow of a job that has ended while no read tells it, and everybody who is attached to it', async () => {
    const companions = await startCompanions((input) => lab.start(input));
    const job = await lab.start(scripted({ durationSeconds: 3_000 }));
    await untilShown(lab.temporal, [job]);
    await watch();
    // A new watcher wakes all that may have relied on another one.
    await eventually(async () => expect(await nudgesOf(lab, job)).not.toEqual([]));
    const { jobId } = await job.executeUpdate<{ jobId: string }, []>('waitForCreated');
    const attached = await lab.start({ jobId }, undefined, 'waitForJob');
    await eventually(async () => {
      expect(await attached.query<JobSnapshot>('job')).toMatchObject({ stage: 'waiting' });
    });
    await untilShown(lab.temporal, [attached]);
    const fault = lab.sandbox.faults.add({ route: 'read', status: 503, times: 'always' });
    const [before, beforeAttached] = [await nudges(job), await nudges(attached)];
    expect(await killInKeboola(lab.sandbox, dialect, jobId)).toBe(202);
    await eventually(async () => {
      expect(await nudges(job)).toBeGreaterThan(before);
      expect(await nudges(attached)).toBeGreaterThan(beforeAttached);
    });
    lab.sandbox.faults.remove(fault.id);
    await job.signal('nudge');
    expect(await settled(job)).toMatchObject({ error: { cause: { name: 'CancelledFailure' } } });
    for (const left of [...companions, server.client.workflow.getHandle(watcherId(lab.taskQueue, request(lab)))]) {
      await left.terminate();
    }
  });

  it.each([undefined, null, [], 'x', { connection: 7 }])(
    'refuses %j at once, whoever has started it',
    async (input) => {
      const handle = await lab.start(input, undefined, 'watchProject');
      const cause = {
        type: 'InvalidInput',
        message: expect.stringContaining('does not describe a project to watch') as string,
      };
      await expect(handle.result()).rejects.toMatchObject({ cause });
    },
  );

  it('lets its worker stop at once, and is to be tried again by another one', async () => {
    const stopping = await openJobLab(server, { token });
    const workflowId = watcherId(stopping.taskQueue, request(stopping));
    const handle = await stopping.start(request(stopping), workflowId, 'watchProject');
    const pending = async (): Promise<temporal.api.workflow.v1.IPendingActivityInfo> =>
      (await handle.describe()).raw.pendingActivities?.[0] ?? {};
    await eventually(async () => expect((await pending()).heartbeatDetails?.payloads).toHaveLength(1));
    const { attempt } = await pending();
    // Without that it would take the grace time of a hundred seconds.
    await stopping.close();
    expect(await pending()).toMatchObject({
      attempt: (attempt ?? 0) + 1,
      lastFailure: { message: 'This worker is stopping; another worker continues the watch' },
    });
    await handle.terminate();
  });
});

describe('the watcher of a connection that wants one', () => {
  it('is started by the first job, once, and told of in the answers when it can be relied on', async () => {
    const lab = await openJobLab(server, { watch: true });
    const companions = await startCompanions((input) => lab.start(input));
    const [short, long] = [await lab.start(scripted({ durationSeconds: 6 })), await lab.start(scripted(UNTIL_ENDED))];
    await settled(short);
    await eventually(async () => expect(await historyText(server.client, long.workflowId)).toContain('"watched":true'));
    const own = watcherId(lab.taskQueue, requestOf(lab));
    // Temporal's lists lag.
    await eventually(async () => expect(await watchersOf(lab)).toEqual([own]));
    const { jobId } = await long.executeUpdate(waitForCreatedUpdate);
    await endInKeboola(lab.sandbox, jobId);
    expect(await settled(long)).toMatchObject({ result: { status: 'success' } });
    for (const companion of companions) await companion.terminate();
    await lab.close();
  });

  it('says to `doctor` that it rests while too few jobs are under way, and the job is read by itself', async () => {
    const lab = await openJobLab(server, { watch: true });
    const job = await lab.start(scripted({ durationSeconds: 3_000 }));
    await eventually(async () => {
      const { connections } = await lab.keboola.describeWorker({});
      expect(connections[0]?.watch).toContain('not watched: with so few running jobs');
    });
    const { polls } = await job.query<JobSnapshot>('job');
    await eventually(async () => expect((await job.query<JobSnapshot>('job')).polls).toBeGreaterThan(polls));
    await job.terminate();
    await lab.close();
  });

  it('is not started unless the connection says so', async () => {
    const lab = await openJobLab(server);
    await settled(await lab.start(scripted({ durationSeconds: 2 })));
    expect(await watchersOf(lab)).toEqual([]);
    const { connections } = await lab.keboola.describeWorker({});
    expect(connections[0]).not.toHaveProperty('watch');
    await lab.close();
  });
});

async function watchersOf({ taskQueue, temporal }: JobLab): Promise<string[]> {
  const query = `TaskQueue = "${taskQueue}" AND WorkflowType = "watchProject"`;
  const found: string[] = [];
  for await (const { workflowId } of temporal.workflow.list({ query })) found.push(workflowId);
  return found;
}
