import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshotLine } from '../../src/cli/text/job-text.js';
import { MAY_HAVE_ENDED, type JobSnapshot } from '../../src/job/messages.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { scripted, settled } from '../support/job-lab.js';
import { lateEvents } from '../support/late-events.js';
import { QUEUE_TOKEN } from '../support/queue-project.js';
import { openWatchedLab, type WatchedLab } from '../support/watched-lab.js';

/** Ends with its test, however long that takes. */
const LONG = { durationSeconds: 3_000 };
const DIALECTS = [
  { name: 'Syrup', token: '1134-53044-sandbox' },
  { name: 'Queue v2', token: QUEUE_TOKEN },
];

type Handle = Awaited<ReturnType<WatchedLab['start']>>;

let server: SharedDevServer;
let labs: WatchedLab[];

beforeAll(async () => {
  server = await connectToDevServer();
  labs = await Promise.all(DIALECTS.map(({ token }) => openWatchedLab(server, { token })));
});
afterAll(async () => {
  await Promise.all(labs.map((lab) => lab.close()));
  await server.close();
});

describe.concurrent.each(DIALECTS)('a wait that is watched, on $name', (dialect) => {
  const lab = (): WatchedLab => {
    const found = labs[DIALECTS.indexOf(dialect)];
    if (!found) throw new Error('there is no lab');
    return found;
  };

  const eventsOf = async (workflowId: string): Promise<number> => {
    const events = await lab().events(workflowId);
    return events.length - lateEvents(events);
  };

  it('costs at most 24 events, and one read, where the job ends before it is ten seconds old', async () => {
    const job = await lab().start(scripted({ durationSeconds: 6 }));
    expect(await settled(job)).toMatchObject({ result: { status: 'success', polls: 1 } });
    expect(await eventsOf(job.workflowId)).toBeLessThanOrEqual(24);
  });

  it('costs seven more for the read at ten seconds, and no other one until the job ends', async () => {
    const job = await lab().start(scripted({ durationSeconds: 25 }));
    expect(await settled(job)).toMatchObject({ result: { status: 'success', polls: 2 } });
    expect(await eventsOf(job.workflowId)).toBeLessThanOrEqual(24 + 7);
  });

  it('goes back to the plain schedule once it was nudged and the job had not ended', async () => {
    const job = await lab().start(scripted(LONG));
    const polls = await watchedAfter(job);
    await job.signal('nudge');
    await expectPlain(job, polls + 2);
    await job.terminate();
  });

  it('keeps to the plain schedule where it was nudged before it relied on it, and the job had not ended', async () => {
    const job = await lab().start(scripted({ ...LONG, createdForSeconds: 45 }));
    // The first read is relied on, and shows that the job waits.
    await eventually(async () => {
      const { polls, job: read } = await seen(job);
      expect(polls).toBeGreaterThanOrEqual(2);
      expect(read?.status).toMatch(/^(created|waiting)$/);
    });
    await job.signal('nudge');
    await eventually(async () => {
      expect(await seen(job)).toMatchObject({ job: { status: 'processing' } });
    });
    const { polls } = await seen(job);
    await expectPlain(job, polls + 3);
    await job.terminate();
  });

  it('shows the children also of a job that had to wait for its start', async () => {
    const children = [{ component: 'keboola.ex-http', afterSeconds: 5, durationSeconds: 100 }];
    const job = await lab().start(scripted({ createdForSeconds: 5, durationSeconds: 120, children }));
    await eventually(async () => {
      expect(await job.query<JobSnapshot>('job')).toMatchObject({ children: { jobs: 1 } });
    });
    await job.terminate();
  });

  it('goes on to rely on it where a nudge only says that nobody would have told of the end', async () => {
    const job = await lab().start(scripted(LONG));
    const polls = await watchedAfter(job);
    await job.signal('nudge', MAY_HAVE_ENDED);
    await eventually(async () => {
      const after = await seen(job);
      expect(after.polls).toBeGreaterThan(polls);
      expect(after.watched).toBe(true);
    });
    await job.terminate();
  });

  it('reads at once, and by the plain schedule, when somebody limits how long the job may run', async () => {
    const job = await lab().start(scripted(LONG));
    const polls = await watchedAfter(job);
    await job.executeUpdate('setTimeouts', { args: [{ runTimeout: '1h' }] });
    await expectPlain(job, polls + 2);
    await job.terminate();
  });

  it('shows in what `doctor` asks a worker, and in the snapshot of the job', async () => {
    const { connections } = await lab().keboola.describeWorker({});
    expect(connections).toMatchObject([{ name: 'default', watch: 'watched' }]);
    expect(snapshotLine(await lab().companion.query<JobSnapshot>('job'))).toContain(' · watched');
  });

  it('is plain from the start where the job has a time limit', async () => {
    const job = await lab().start({ ...scripted(LONG), runTimeout: '1h' });
    await expectPlain(job, 3);
    await job.terminate();
  });

  it('is plain while the job waits for its start', async () => {
    const job = await lab().start(scripted({ ...LONG, createdForSeconds: 3_000 }));
    // One that is told of its end from the start has two.
    await expectPlain(job, 3);
    await job.terminate();
  });
});

function seen(job: Handle): Promise<JobSnapshot> {
  return job.query<JobSnapshot>('job');
}

/** Until a job relies on the watch. @returns how often it has been read by then. */
async function watchedAfter(job: Handle): Promise<number> {
  return await eventually(async () => {
    const { polls, watched } = await seen(job);
    expect(watched).toBe(true);
    return polls;
  });
}

/** Until a job was read more often than one is that relies on the watch. */
async function expectPlain(job: Handle, pollsMin: number): Promise<void> {
  await eventually(async () => expect((await seen(job)).polls).toBeGreaterThan(pollsMin));
  expect(await seen(job)).not.toHaveProperty('watched');
}
