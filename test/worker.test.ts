import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createClock } from '../src/sandbox/index.js';
import { startDevServer, type DevServer } from '../src/dev/dev-server.js';
import { searchAttributeFaults } from '../src/temporal/search-attributes.js';
import { createWorker } from '../src/worker.js';
import { KeboolaPlugin } from '../src/worker/keboola-plugin.js';
import { connectToDevServer, type SharedDevServer } from './support/dev-server.js';
import { directly } from './support/directly.js';
import { eventually } from './support/eventually.js';
import { openJobLab, scripted, settled, type JobLab } from './support/job-lab.js';
import { required } from './support/required.js';

describe.concurrent('the search attributes', () => {
  it('are registered by the worker where they are missing, and jobs show in them', async () => {
    const lab = await labOn({});
    expect(lab.faultsBefore).not.toEqual([]);
    const { result } = await settled(await lab.start(scripted({ durationSeconds: 1 })));
    expect(result).toMatchObject({ status: 'success' });
    expect(await searchAttributeFaults(lab.temporal)).toEqual([]);
    // A server takes a while to let workflows use what was registered; then all jobs show.
    await eventually(async () => {
      await settled(await lab.start(scripted({ durationSeconds: 0 })));
      expect(await lab.keboola.list({ query: 'KeboolaStatus = "success"' })).not.toEqual([]);
    });
    await lab.close();
  });

  it('are gone without where there is no room for them, and jobs run all the same', async () => {
    const full = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`Taken${index}`, 'Keyword' as const]));
    const lab = await labOn(full);
    const handle = await lab.start(scripted({ durationSeconds: 1 }));
    const { result } = await settled(handle);
    expect(result).toMatchObject({ status: 'success' });
    const events = await lab.events(handle.workflowId);
    expect(events.filter((event) => event.workflowTaskFailedEventAttributes ?? undefined)).toEqual([]);
    expect(events.filter((event) => event.upsertWorkflowSearchAttributesEventAttributes ?? undefined)).toEqual([]);
    await lab.close();
  });
});

/** A lab on a server of its own, with these attributes and no others. */
async function labOn(searchAttributes: Record<string, 'Keyword'>): Promise<JobLab & { faultsBefore: unknown[] }> {
  const { cli } = required(inject('devServer'));
  const server: DevServer = await startDevServer({ cli, headless: true, searchAttributes });
  const { address } = server;
  const connection = await Connection.connect({ address, ...directly });
  const nativeConnection = await NativeConnection.connect({ address });
  const client = new Client({ connection });
  // A worker registers what is missing as soon as it is there.
  const faultsBefore = await searchAttributeFaults(client);
  const lab = await openJobLab({ client, nativeConnection });
  return {
    ...lab,
    faultsBefore,
    async close() {
      await lab.close();
      await Promise.all([connection.close(), nativeConnection.close()]);
      await server.stop();
    },
  };
}

it('a worker of workflows alone lets another one do what it has no activities for', async () => {
  const server = await connectToDevServer();
  const lab = await openJobLab(server);
  const taskQueue = server.unique('apart');
  const connection = server.nativeConnection;
  const keboola = { name: 'default', url: lab.sandbox.url, token: () => lab.sandbox.token };
  const workers = [
    await Worker.create({ connection, taskQueue, workflowBundle: { codePath: inject('workflowBundle') } }),
    await Worker.create({ connection, taskQueue, plugins: [new KeboolaPlugin({ connections: [keboola] })] }),
  ];
  const running = workers.map((worker) => worker.run());
  const args = [scripted({ durationSeconds: 1 })];
  const handle = await server.client.workflow.start('runJob', { taskQueue, workflowId: taskQueue, args });
  expect((await settled(handle)).result).toMatchObject({ status: 'success' });
  for (const worker of workers) worker.shutdown();
  await Promise.all([...running, lab.close()]);
  await server.close();
});

describe.concurrent('a worker that is told to stop', () => {
  let server: SharedDevServer;
  beforeAll(async () => {
    server = await connectToDevServer();
  });
  afterAll(() => server.close());

  /** Another worker ends what the one of the lab has begun, without a second creation. */
  async function endsOnNextWorker(lab: JobLab, handle: Awaited<ReturnType<JobLab['start']>>): Promise<void> {
    const next = await createWorker({
      connection: server.nativeConnection,
      taskQueue: lab.taskQueue,
      connections: [{ name: 'default', url: lab.sandbox.url, token: () => lab.sandbox.token }],
    });
    const { result } = await next.runUntil(settled(handle));
    expect(result).toMatchObject({ status: 'success', adopted: false });
    expect(lab.sandbox.counters).toMatchObject({ posts: 1, jobs: 1 });
    await lab.close();
  }

  it('waits for the answer to a creation that is in flight, and the next one goes on with that job', async () => {
    // Keboola answers when this clock moves.
    const clock = createClock();
    clock.pause();
    const lab = await openJobLab(server, { clock });
    lab.sandbox.faults.add({ route: 'create', delaySeconds: 60 });
    const handle = await lab.start(scripted({ durationSeconds: 1 }));
    await eventually(() => expect(lab.sandbox.counters.posts).toBe(1));
    const answer = (): number | undefined => lab.sandbox.requests.find(({ route }) => route === 'create')?.status;
    lab.worker.shutdown();
    expect(answer()).toBeUndefined();
    clock.advance(60_000);
    clock.resume();
    await eventually(() => expect(lab.worker.getState()).toBe('STOPPED'));
    expect(answer()).toBe(202);
    // Created and known, although the worker was told to go before Keboola had answered.
    const events = await lab.events(handle.workflowId);
    const creation = events.find(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'createJob',
    );
    const completed = events.map((event) => event.activityTaskCompletedEventAttributes?.scheduledEventId?.toString());
    expect(completed).toContain(creation?.eventId?.toString());
    await endsOnNextWorker(lab, handle);
  });

  it('without any grace, while it reads a job, leaves the workflow to the next one', async () => {
    const lab = await openJobLab(server, { worker: { shutdownGraceTime: 1 } });
    lab.sandbox.faults.add({ route: 'read', hang: true });
    const handle = await lab.start(scripted({ durationSeconds: 2 }));
    await eventually(() => expect(lab.sandbox.faults.list()).toMatchObject([{ hits: 1 }]));
    lab.worker.shutdown();
    await eventually(() => expect(lab.worker.getState()).toBe('STOPPED'));
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await endsOnNextWorker(lab, handle);
  });

  it('is let go by a job that only waits', async () => {
    // Longer than any test: where it is waited for, this one does not end.
    const lab = await openJobLab(server, { worker: { shutdownGraceTime: '1h' } });
    const handle = await lab.start(scripted({ durationSeconds: 3_600 }));
    await eventually(() => expect(lab.sandbox.counters.jobs).toBe(1));
    await lab.close();
    await handle.terminate();
  });
});
