import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshotLine } from '../../src/cli/text/job-text.js';
import { MAY_HAVE_ENDED, type JobSnapshot } from '../../src/job/messages.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { scripted, settled } from '../support/job-lab.js';
import { QUEUE_TOKEN } from '../support/queue-project.js';
import { openWatchedLab, type WatchedLab } from '../support/watched-lab.js';

const DIALECTS = [
  { name: 'Syrup', token: '1134-53044-sandbox' },
  { name: 'Queue v2', token: QUEUE_TOKEN },
];

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

  /** A step that was too slow on a busy machine is done once more. */
  const eventsOf = async (workflowId: string): Promise<number> => {
    const events = await lab().events(workflowId);
    const slow = events.filter(
      ({ activityTaskScheduledEventAttributes: scheduled }) =>
        scheduled && scheduled.activityType?.name !== 'createJob',
    );
    return events.length - 6 * slow.length;
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
    const job = await lab().start(scripted({ durationSeconds: 40 }));
    await eventually(async () => {
      expect(await job.query<JobSnapshot>('job')).toMatchObject({ polls: 1, watched: true });
    });
    await job.signal('nudge');
    await eventually(async () => {
      expect((await job.query<JobSnapshot>('job')).polls).toBeGreaterThan(3);
    });
    expect(await job.query<JobSnapshot>('job')).not.toHaveProperty('watched');
    await job.terminate();
  });

  it('keeps to the plain schedule where it was nudged before it relied on it, and the job had not ended', async () => {
    const job = await lab().start(scripted({ createdForSeconds: 14, durationSeconds: 120 }));
    // The first read is relied on, and shows that the job waits.
    await eventually(async () => expect((await job.query<JobSnapshot>('job')).polls).toBe(2));
    await job.signal('nudge');
    await eventually(async () => {
      expect(await job.query<JobSnapshot>('job')).toMatchObject({ job: { status: 'processing' } });
    });
    const { polls } = await job.query<JobSnapshot>('job');
    await eventually(async () => expect((await job.query<JobSnapshot>('job')).polls).toBeGreaterThan(polls + 3));
    expect(await job.query<JobSnapshot>('job')).not.toHaveProperty('watched');
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
    const job = await lab().start(scripted({ durationSeconds: 120 }));
    await eventually(async () => {
      expect(await job.query<JobSnapshot>('job')).toMatchObject({ polls: 1, watched: true });
    });
    await job.signal('nudge', MAY_HAVE_ENDED);
    await eventually(async () => {
      expect(await job.query<JobSnapshot>('job')).toMatchObject({ polls: 2, watched: true });
    });
    await job.terminate();
  });

  it('reads at once, and by the plain schedule, when somebody limits how long the job may run', async () => {
    const job = await lab().start(scripted({ durationSeconds: 40 }));
    await eventually(async () => {
      expect(await job.query<JobSnapshot>('job')).toMatchObject({ polls: 1, watched: true });
    });
    await job.executeUpdate('setTimeouts', { args: [{ runTimeout: '1h' }] });
    await eventually(async () => {
      expect((await job.query<JobSnapshot>('job')).polls).toBeGreaterThan(2);
    });
    expect(await job.query<JobSnapshot>('job')).not.toHaveProperty('watched');
    await job.terminate();
  });

  it('shows in what `doctor` asks a worker, and in the snapshot of the job', async () => {
    const { connections } = await lab().keboola.describeWorker({});
    expect(connections).toMatchObject([{ name: 'default', watch: 'watched' }]);
    expect(snapshotLine(await lab().companion.query<JobSnapshot>('job'))).toContain(' · watched');
  });

  it('is plain from the start where the job has a time limit', async () => {
    const job = await lab().start({ ...scripted({ durationSeconds: 8 }), runTimeout: '1h' });
    const { result } = await settled(job);
    expect(result?.polls).toBeGreaterThan(3);
  });

  it('is plain while the job waits for its start', async () => {
    const job = await lab().start(scripted({ durationSeconds: 3, createdForSeconds: 20 }));
    const { result } = await settled(job);
    // One that was told of its end from the start has two.
    expect(result?.polls).toBeGreaterThan(3);
  });
});
