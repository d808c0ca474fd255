import { afterAll, beforeAll, expect, it } from 'vitest';
import { startShortWindedServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { endInKeboola, UNTIL_ENDED } from '../support/until-ended.js';

/** A few looks. */
const EVENTS_MAX = 25;

let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  server = await startShortWindedServer(EVENTS_MAX);
  lab = await openJobLab(server);
});
afterAll(async () => {
  await lab.close();
  await server.close();
});

/** The latest run of a workflow. */
async function runIdOf(workflowId: string): Promise<string> {
  return (await server.client.workflow.getHandle(workflowId).describe()).runId;
}

/** Lets the job that was made as the nth end, once the wait for it has gone on in a new run. */
async function endOnceGoneOn(workflowId: string, nth: number): Promise<void> {
  const job = await eventually(async () => {
    const made = (await lab.sandbox.jobs())[nth - 1];
    expect(made).toBeDefined();
    return made;
  });
  const before = await runIdOf(workflowId);
  await eventually(async () => expect(await runIdOf(workflowId)).not.toBe(before));
  await endInKeboola(lab.sandbox, String(job?.id));
}

it('a job that fails after its wait has gone on in a new run is made as often as the policy of its author allows', async () => {
  const { workflowId, firstExecutionRunId } = await server.client.workflow.start('runJob', {
    workflowId: server.unique('attempts'),
    taskQueue: lab.taskQueue,
    args: [scripted({ ...UNTIL_ENDED, status: 'error', error: 'application' })],
    retry: { maximumAttempts: 2, initialInterval: '1s' },
  });
  for (const nth of [1, 2]) await endOnceGoneOn(workflowId, nth);
  // Bounded: what is run without end would be run a third time.
  const third = expect.poll(() => lab.sandbox.counters.posts, { timeout: 100_000, interval: 200 }).toBe(3);
  const end = await Promise.race([settled(server.client.workflow.getHandle(workflowId)), third.then(() => 'a third')]);
  third.catch(() => undefined);
  expect(end).toMatchObject({ error: { cause: { type: 'JobApplicationError', nonRetryable: true } } });
  expect(lab.sandbox.counters.posts).toBe(2);
  const first = await server.client.workflow.getHandle(workflowId, firstExecutionRunId).describe();
  expect(first.status.name).toBe('CONTINUED_AS_NEW');
});
