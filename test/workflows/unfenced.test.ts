import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jobQuery } from '../../src/job/messages.js';
import type { JobResult } from '../../src/job/result.js';
import type { FaultInput } from '../../src/sandbox/index.js';
import { createByHand, startBusy } from '../support/busy-project.js';
import { eventually } from '../support/eventually.js';
import { firstTicket } from '../support/first-ticket.js';
import { livedMs, openJobLab, settled, type JobLab } from '../support/job-lab.js';
import { startTimeSkippingServer, type TimeSkippingServer } from '../support/time-skipping.js';

const TOKEN = '5555-1-queue';
const FLOW = { component: 'keboola.orchestrator', config: 'nightly' };
const MADE: FaultInput = { route: 'create', reset: 'after' };
const NOT_MADE: FaultInput = { route: 'create', status: 500 };
const HALF_AN_HOUR_MS = 30 * 60_000;

type Handle = Awaited<ReturnType<JobLab['start']>>;

let server: TimeSkippingServer;
let lab: JobLab;

beforeAll(async () => {
  server = await startTimeSkippingServer();
  lab = await openJobLab(server, { token: TOKEN, clock: { now: () => server.now() } });
});
beforeEach(async () => {
  lab.sandbox.reset();
  // A job that has the id of one before is claimed already.
  await lab.sandbox.settings({ firstTicket: firstTicket() });
});
afterAll(async () => {
  await lab.close();
  await server.stop();
});

describe('a flow', () => {
  it('lies at the top of the project, and is claimed for its workflow', async () => {
    const { result, posts } = await run([]);
    expect(result).toMatchObject({ status: 'warning', adopted: false, runId: result?.jobId });
    expect(posts).toBe(1);
    const claim = lab.temporal.workflow.getHandle(`keboola-claim-5555-${result?.jobId}`);
    expect((await claim.describe()).memo).toHaveProperty('claimedBy');
  });

  it.each([403, 404, 405, 410, 501])('runs also where no id can be drawn before it: %i', async (status) => {
    lab.sandbox.faults.add({ route: 'tickets', status, times: 'always' });
    const { result, posts } = await run([]);
    expect(result).toMatchObject({ status: 'warning', adopted: false });
    expect(posts).toBe(1);
  });

  it('whose answer is lost is claimed for nobody where no id could be drawn before it: one like it may be older', async () => {
    lab.sandbox.faults.add({ route: 'tickets', status: 410, times: 'always' });
    const { type, posts, flows } = await run([MADE]);
    expect({ type, posts, flows: flows.length }).toEqual({ type: 'CreateAmbiguous', posts: 1, flows: 1 });
  });

  it('is not stopped by a cancel of a workflow that only mirrors it', async () => {
    // By a clock that leaps it may have ended before the cancel.
    const { owner, mirror, jobId } = await server.withoutLeaps(mirrored);
    expect((await settled(mirror)).result).toBeUndefined();
    expect((await endOf(owner)).result).toMatchObject({ status: 'warning', jobId });
  });

  it('lies below the run that is given', async () => {
    const { result } = await run([], { parentRunId: '123.4' });
    expect(result?.runId).toBe(`123.4.${result?.jobId}`);
  });

  it('lies below a run id of ours where that is wanted', async () => {
    const { result } = await run([], { createFence: 'run-id' });
    expect(result?.runId).toMatch(/^9\d{14}\.\d+$/);
  });

  it('is claimed also where its fence is a variable, which Keboola may drop', async () => {
    const { result } = await run([], { createFence: 'variable' });
    expect(result?.runId).toBe(result?.jobId);
    const claim = lab.temporal.workflow.getHandle(`keboola-claim-5555-${result?.jobId}`);
    expect((await claim.describe()).memo).toHaveProperty('claimedBy');
  });
});

describe('a flow whose creation was not answered', () => {
  it('is found by what it is, and runs once', async () => {
    const { result, posts, flows } = await run([MADE]);
    expect(result).toMatchObject({ status: 'warning', adopted: true });
    expect({ posts, flows: flows.length }).toEqual({ posts: 1, flows: 1 });
  });

  it('is known also by the token that drew the id before it, which no lost worker takes along', async () => {
    lab.sandbox.faults.add({ ...MADE, bodyContains: FLOW.config });
    const handle = await start();
    await endOf(handle);
    const { events } = await handle.fetchHistory();
    const [search] = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: activity }) =>
      activity?.activityType?.name === 'searchJob' ? [activity.input?.payloads?.[0]?.data] : [],
    );
    const request = JSON.parse(Buffer.from(search ?? []).toString()) as { unfenced: object };
    expect(request.unfenced).toMatchObject({ drawnBy: '1', sentBy: '1' });
  });

  it('is found by the index alone, which lags by five minutes', async () => {
    await lab.sandbox.settings({ queuePrimaryList: 'gone', searchLagSeconds: 300 });
    const { result, posts, flows } = await run([MADE]);
    expect(result).toMatchObject({ status: 'warning', adopted: true });
    expect({ posts, flows: flows.length }).toEqual({ posts: 1, flows: 1 });
  });

  it('is adopted by the index alone as soon as that has come further, and not after half an hour', async () => {
    await lab.sandbox.settings({ queuePrimaryList: 'gone' });
    lab.sandbox.faults.add({ ...MADE, bodyContains: FLOW.config });
    const handle = await startBeside(() => startBusy(lab.sandbox.url, 60));
    expect(await endOf(handle)).toMatchObject({ result: { status: 'warning', adopted: true } });
    expect(await livedMs(handle)).toBeLessThan(HALF_AN_HOUR_MS / 2);
  });

  it('and that was not made is sent again once the project has gone on', async () => {
    const { result, posts, flows } = await run([NOT_MADE], {}, true);
    expect(result).toMatchObject({ status: 'warning', adopted: false });
    expect({ posts, flows: flows.length }).toEqual({ posts: 2, flows: 1 });
  });

  it('is not taken for one that ran before it', async () => {
    await run([]);
    const { result, flows } = await run([NOT_MADE], {}, true);
    expect(result).toMatchObject({ adopted: false });
    expect(flows).toHaveLength(2);
  });

  it('is ambiguous beside another one of the same, and both are named', async () => {
    lab.sandbox.faults.add(MADE);
    let other = '';
    const handle = await startBeside(async () => {
      await eventually(() => expect(lab.sandbox.counters.posts).toBe(1));
      other = await createByHand(lab.sandbox.url, FLOW);
    });
    const { type, message } = await endOf(handle);
    expect(type).toBe('CreateAmbiguous');
    const flows = await flowsOf();
    expect(flows).toHaveLength(2);
    for (const { id } of flows) expect(message).toContain(String(id));
    expect(message).toContain(other);
  });

  it('does not take a job with values that it has not sent: it is unclear whether that one is it', async () => {
    const byHand = { variableValuesData: { values: [{ name: 'day', value: '1' }] } };
    const { result, type, flows } = await runBeside(byHand);
    expect(result).toBeUndefined();
    expect(type).toBe('CreateAmbiguous');
    expect(flows).toHaveLength(1);
  });

  it('does not take a job in a development branch, and is sent again', async () => {
    const { result, flows } = await runBeside({ branchId: '77' });
    expect(result).toMatchObject({ status: 'warning', adopted: false });
    expect(flows).toHaveLength(2);
  });

  it.each([
    ['one was made', [MADE, NOT_MADE]],
    ['both were made', [MADE, MADE]],
    ['none was made', [NOT_MADE, NOT_MADE]],
  ])('beside another one that was not answered either never runs twice, though %s', async (_, faults) => {
    for (const fault of faults) lab.sandbox.faults.add({ ...fault, bodyContains: FLOW.config });
    const ended = await Promise.all([run([]), run([], {}, true)]);
    const finished = ended.flatMap(({ result }) => (result ? [result.jobId] : []));
    expect(new Set(finished).size).toBe(finished.length);
    for (const { result, type } of ended) expect(result ? 'finished' : type).toMatch(/finished|CreateAmbiguous/);
    expect((await flowsOf()).length).toBeLessThanOrEqual(2);
  });
});

/** A flow that runs, and a workflow that mirrors it and was cancelled. */
async function mirrored(): Promise<{ owner: Handle; mirror: Handle; jobId: string | undefined }> {
  const owner = await start();
  await eventually(async () => expect(await jobIdOf(owner)).toMatch(/^\d+$/));
  const jobId = await jobIdOf(owner);
  const mirror = await lab.start({ jobId, role: 'observer', onCancel: 'kill' }, undefined, 'waitForJob');
  await eventually(async () => expect(await jobIdOf(mirror)).toBe(jobId));
  await mirror.cancel();
  return { owner, mirror, jobId };
}

interface Ended {
  result: JobResult | undefined;
  type: string | undefined;
  message: string;
  posts: number;
  flows: { id: unknown }[];
}

/** @param isBusy whether somebody else starts jobs in the project meanwhile; an idle server would leap over all of them. */
async function run(faults: FaultInput[], input: object = {}, isBusy = false): Promise<Ended> {
  const before = lab.sandbox.counters.posts;
  for (const fault of faults) lab.sandbox.faults.add({ ...fault, bodyContains: FLOW.config });
  const handle = isBusy ? await startBeside(() => startBusy(lab.sandbox.url), input) : await start(input);
  const ended = await endOf(handle);
  const posts = lab.sandbox.counters.posts - before - (isBusy ? 1 : 0);
  return { ...ended, posts, flows: await flowsOf() };
}

async function jobIdOf(handle: Handle): Promise<string | undefined> {
  return (await handle.query(jobQuery)).job?.jobId;
}

/** A creation that was not made, and one by hand directly after it. */
async function runBeside(byHand: object): Promise<Omit<Ended, 'posts'>> {
  lab.sandbox.faults.add({ ...NOT_MADE, bodyContains: FLOW.config });
  const before = lab.sandbox.counters.posts;
  const handle = await startBeside(async () => {
    await eventually(() => expect(lab.sandbox.counters.posts).toBe(before + 1));
    await createByHand(lab.sandbox.url, { ...FLOW, ...byHand });
    await startBusy(lab.sandbox.url);
  });
  return { ...(await endOf(handle)), flows: await flowsOf() };
}

function start(input: object = {}): ReturnType<JobLab['start']> {
  // The server that leaps through time knows no children that outlive their parent.
  return lab.start({ ...FLOW, children: 'ignore', ...input });
}

/** A clock that leaps may leave the half hour of the search behind before somebody else has done his part. */
function startBeside(elsewhere: () => Promise<void>, input: object = {}): ReturnType<JobLab['start']> {
  return server.withoutLeaps(async () => {
    const handle = await start(input);
    await elsewhere();
    return handle;
  });
}

async function endOf(handle: Handle): Promise<Omit<Ended, 'posts' | 'flows'>> {
  const { result, error } = await settled(handle);
  const cause = error?.cause as { type?: string; message?: string } | undefined;
  return { result, type: cause?.type, message: cause?.message ?? '' };
}

/** The jobs of the flow itself. */
async function flowsOf(): Promise<{ id: unknown }[]> {
  const jobs = await lab.sandbox.jobs();
  return jobs.filter(({ runId, params }) => !runId.includes('.') && params['component'] === FLOW.component);
}
