import { CancelledFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobQuery } from '../../src/job/messages.js';
import { createClock, startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { firstTicket } from '../support/first-ticket.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { QUEUE_TOKEN } from '../support/queue-project.js';

type Handle = Awaited<ReturnType<JobLab['start']>>;

const WAITS = /one of project 5555 now, where nobody knows of project 1134.*give it a token of project 1134 again/;

const OWN_TOKEN = '1134-53044-sandbox';
const HOUR_SECONDS = 3_600;

const clock = createClock();

let token = OWN_TOKEN;
let server: SharedDevServer;
let lab: JobLab;
let keboola: Sandbox;

beforeAll(async () => {
  server = await connectToDevServer();
  keboola = await startSandbox({ clock, firstTicket: firstTicket() });
  lab = await openJobLab(server, { connections: [{ name: 'moved', url: keboola.url, token: () => token }] });
});
afterAll(async () => {
  await lab.close();
  await keboola.close();
  await server.close();
});

describe('jobs whose connection is given the token of another project', () => {
  let waiting: Handle;
  let stopped: Handle;
  let creating: Handle;
  let ended: Sandbox['counters'];

  beforeAll(async () => {
    waiting = await startJob(HOUR_SECONDS);
    stopped = await startJob(100 * HOUR_SECONDS);
    for (const handle of [waiting, stopped]) await handle.executeUpdate('waitForCreated');
    const refusing = keboola.faults.add({ route: 'create', status: 429, times: 'always' });
    creating = await startJob(1);
    await eventually(() => expect(keboola.counters.posts).toBeGreaterThan(2));
    token = QUEUE_TOKEN;
    keboola.faults.remove(refusing.id);
    await stopped.cancel();
    for (const handle of [waiting, stopped, creating]) {
      await eventually(async () => expect((await handle.query(jobQuery)).note).toMatch(WAITS));
    }
    ended = structuredClone(keboola.counters);
    token = OWN_TOKEN;
    clock.advance(HOUR_SECONDS * 1_000);
  }, 120_000);

  it('are neither taken for ended nor created there', () => {
    expect(ended).toMatchObject({ jobs: 2 });
    expect(Object.keys(ended.killsByJob)).toEqual([]);
  });

  it('end as they should once it is put right', async () => {
    expect(await settled(waiting)).toMatchObject({ result: { status: 'success' } });
    expect(await settled(creating)).toMatchObject({ result: { status: 'success' } });
    expect(keboola.counters.jobs).toBe(3);
  });

  it('are stopped once it is put right, where somebody has asked for that meanwhile', async () => {
    expect((await settled(stopped)).error).toMatchObject({ cause: expect.any(CancelledFailure) as unknown });
    expect(Object.keys(keboola.counters.killsByJob)).toHaveLength(1);
  });
});

function startJob(durationSeconds: number): Promise<Handle> {
  return lab.start({ ...scripted({ durationSeconds }), connection: 'moved' });
}
