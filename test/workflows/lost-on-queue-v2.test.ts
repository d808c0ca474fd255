import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JobResult } from '../../src/job/result.js';
import type { FaultInput } from '../../src/sandbox/index.js';
import { startBusy } from '../support/busy-project.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { startTimeSkippingServer, type TimeSkippingServer } from '../support/time-skipping.js';

const JOB = scripted({ durationSeconds: 2 });
/** What the creation holds, and no other. */
const OWN = '"durationSeconds":2}';
const NOTHING: FaultInput = { route: 'create', status: 500 };

let server: TimeSkippingServer;
let lab: JobLab;

beforeAll(async () => {
  server = await startTimeSkippingServer();
  lab = await openJobLab(server, { token: '5555-1-queue', clock: { now: () => server.now() } });
});
beforeEach(() => lab.sandbox.reset());
afterAll(async () => {
  await lab.close();
  await server.stop();
});

describe('a creation of Queue v2 whose answer is lost', () => {
  it('is found again, and the job runs once', async () => {
    const { result, posts, jobs } = await run({ faults: [{ route: 'create', reset: 'after' }] });
    expect(result).toMatchObject({ status: 'success', adopted: true });
    expect({ posts, jobs }).toEqual({ posts: 1, jobs: 1 });
  });

  it('and has made nothing is sent again under the same run id, once the project has gone on', async () => {
    const { result, posts, jobs } = await run({ faults: [NOTHING], isBusy: true });
    expect(result).toMatchObject({ status: 'success', adopted: false });
    expect({ posts, jobs }).toEqual({ posts: 2, jobs: 1 });
  });

  it('is ambiguous after half an hour in which nothing else happened in the project', async () => {
    const { type, posts, jobs } = await run({ faults: [NOTHING] });
    expect({ type, posts, jobs }).toEqual({ type: 'CreateAmbiguous', posts: 1, jobs: 0 });
  });

  it('and that makes nothing three times is refused, with the last answer', async () => {
    const { type, posts, jobs } = await run({ faults: [{ ...NOTHING, times: 3 }], isBusy: true });
    expect({ type, posts, jobs }).toEqual({ type: 'CreateRefused', posts: 3, jobs: 0 });
  });
});

interface Counted {
  result: JobResult | undefined;
  type: string | undefined;
  posts: number;
  jobs: number;
}

/** @param isBusy whether somebody else starts jobs in the project meanwhile. */
async function run({ faults, isBusy = false }: { faults: FaultInput[]; isBusy?: boolean }): Promise<Counted> {
  const { sandbox } = lab;
  const before = { ...sandbox.counters };
  for (const fault of faults) sandbox.faults.add({ ...fault, bodyContains: OWN });
  // A clock that leaps may leave the half hour of the search behind before somebody else begins.
  const handle = await server.withoutLeaps(async () => {
    const ours = await lab.start(JOB);
    if (isBusy) await startBusy(sandbox.url);
    return ours;
  });
  const { result, error } = await settled(handle);
  const posts = sandbox.counters.posts - before.posts - (isBusy ? 1 : 0);
  const jobs = (await sandbox.jobs()).filter(({ params }) => isDeepStrictEqual(params['configData'], JOB.configData));
  return { result, type: (error?.cause as { type?: string } | undefined)?.type, posts, jobs: jobs.length };
}
