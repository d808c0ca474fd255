import { CancelledFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JOB_MEMO } from '../../src/job/messages.js';
import type { JobResult } from '../../src/job/result.js';
import type { FaultInput } from '../../src/sandbox/index.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, settled, type JobLab } from '../support/job-lab.js';

const WRITER = '/gooddata-writer/v2/main';
const FOREIGN = 'https://syrup.elsewhere.example/queue/job/';

let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  server = await connectToDevServer();
  lab = await openJobLab(server, { speed: 60 });
});
afterAll(async () => {
  await lab.close();
  await server.close();
});

/** What a job of the writer is to do. */
function told(script: object, more: object = {}): Record<string, unknown> {
  return {
    method: 'POST',
    path: `${WRITER}/load-data`,
    body: { configData: { parameters: { sandbox: script } } },
    ...more,
  };
}

interface End {
  result?: JobResult;
  error?: Error;
  /** What was sent under the run id of this creation, and what came of it. */
  sent: { posts: number; jobs: number };
}

/** Runs a call to its end, below a run id of its own, and with a fault of its own. */
async function ended(input: Record<string, unknown>, fault?: Partial<FaultInput>): Promise<End> {
  const parentRunId = String(Math.floor(Math.random() * 1e9));
  if (fault) lab.sandbox.faults.add({ route: 'custom', runIdPrefix: parentRunId, ...fault });
  const handle = await lab.start({ ...input, parentRunId }, undefined, 'runAsyncAction');
  const end = await settled(handle);
  const { posts, jobs } = lab.sandbox.counters.byRunIdPrefix(parentRunId);
  return { ...end, sent: { posts, jobs } };
}

describe.concurrent('a call that makes a job', () => {
  it.each([
    ['POST', `${WRITER}/load-data`, 'gooddata-writer', { tables: ['out.c-main.orders'] }],
    ['DELETE', `${WRITER}/projects/7?force=1`, 'gooddata-writer', undefined],
    ['PATCH', '/provisioning/async/docker', 'provisioning', { component: 'another', config: 'x' }],
    ['GET', '/provisioning/async/docker/1', 'provisioning', undefined],
  ])('is sent once, and its job is waited for: %s %s', async (method, path, component, body) => {
    const { result, sent } = await ended({ method, path, ...(body && { body }) });
    expect(result).toMatchObject({ status: 'success', outcome: 'finished', adopted: false });
    expect(result?.url).toBe(`${lab.sandbox.url}/queue/job/${result?.jobId}`);
    expect(sent).toEqual({ posts: 1, jobs: 1 });
    const seen = lab.sandbox.requests.find(({ jobId, route }) => jobId === result?.jobId && route === 'custom');
    expect(seen).toMatchObject({ method, path, body: body ? JSON.stringify(body) : '' });
    expect([component, 'another']).toContain(result?.component);
  });

  it('fails as a job of a configuration does', async () => {
    const { error, sent } = await ended(told({ durationSeconds: 1, status: 'error', message: 'No such project.' }));
    expect(error).toMatchObject({
      cause: { type: 'JobUserError', message: 'No such project.', details: [{ component: 'gooddata-writer' }] },
    });
    expect(sent).toEqual({ posts: 1, jobs: 1 });
  });

  it.each<[string, Partial<FaultInput>]>([
    ['the connection broke', { reset: 'after' }],
    ['a proxy said 504', { status: 504, when: 'after' }],
    ['the body was broken', { replaceBody: { status: 'accepted' } }],
  ])('is not sent again when its answer is lost, but its job is found: %s', async (_, fault) => {
    const { result, sent } = await ended(told({ durationSeconds: 1 }), fault);
    expect(result).toMatchObject({ status: 'success', adopted: true });
    expect(sent).toEqual({ posts: 1, jobs: 1 });
  });

  it('finds its job also where that shows another component and configuration', async () => {
    const call = { method: 'POST', path: '/provisioning/async/docker', body: { component: 'odd', config: 'other' } };
    const { result, sent } = await ended(call, { reset: 'after' });
    expect(result).toMatchObject({ status: 'success', adopted: true });
    expect(sent).toEqual({ posts: 1, jobs: 1 });
  });

  it('is sent again only after an answer that proves that it made nothing', async () => {
    const { result, sent } = await ended(told({ durationSeconds: 1 }), { status: 429 });
    expect(result).toMatchObject({ status: 'success', adopted: false });
    expect(sent).toEqual({ posts: 2, jobs: 1 });
  });

  it.each<[string, Partial<FaultInput>]>([
    ['200 with a document that is no job', { status: 200, json: { projects: [] } }],
    ['404', { status: 404 }],
  ])('that is answered by %s fails as CreateRefused', async (_, fault) => {
    const { error, sent } = await ended(told({}), fault);
    expect(error).toMatchObject({ cause: { type: 'CreateRefused', nonRetryable: true } });
    expect(sent).toEqual({ posts: 1, jobs: 0 });
  });

  it('has its job killed when the workflow is cancelled, and waits for the proof', async () => {
    const handle = await lab.start(told({ durationSeconds: 36_000 }), undefined, 'runAsyncAction');
    const { jobId } = await handle.executeUpdate<{ jobId: string }, []>('waitForCreated');
    await handle.cancel();
    const { error } = await settled(handle);
    expect(error).toMatchObject({ cause: expect.any(CancelledFailure) as Error });
    const { memo } = await handle.describe();
    expect(memo?.[JOB_MEMO]).toMatchObject({ jobId, outcome: 'killed-by-us', component: 'gooddata-writer' });
  });

  it('has its job stopped when that is over its time', async () => {
    const { error } = await ended(told({ durationSeconds: 36_000 }, { runTimeout: '1s' }));
    expect(error).toMatchObject({ cause: { type: 'JobTimedOut' } });
  });
});

describe('an answer that is only a url', () => {
  it('is followed by its id at the configured origin, whatever host it names', async () => {
    // Ids come from one sequence, so that of the next job is known before it is there.
    const headers = { 'x-storageapi-token': lab.sandbox.token };
    const ticket = await fetch(`${lab.sandbox.url}/v2/storage/tickets`, { method: 'POST', headers });
    const { id } = (await ticket.json()) as { id: string };
    const jobId = String(Number(id) + 1);
    const { result, sent } = await ended(told({ durationSeconds: 1 }), { replaceBody: { url: `${FOREIGN}${jobId}` } });
    expect(result).toMatchObject({ jobId, status: 'success', adopted: false });
    expect(result?.url).toBe(`${lab.sandbox.url}/queue/job/${jobId}`);
    expect(sent).toEqual({ posts: 1, jobs: 1 });
  });
});

describe.concurrent('a call that cannot be made', () => {
  it.each([
    [{ path: 'https://evil.example/gooddata-writer/v2/main' }, 'path: names a host'],
    [{ path: '//evil.example/v2' }, 'path: names a host'],
    [{ path: '/gooddata-writer/v2/../../queue/jobs' }, 'path: may not climb'],
    [{ path: '/gooddata-writter/v2/main' }, 'Did you mean "gooddata-writer"?'],
    [{ path: '/queue/jobs/1/kill' }, 'path: component "queue" does not exist.'],
    [{ path: '/gooddata-writer/upload-project' }, 'path: is version 1 of the GoodData Writer'],
    [{ path: '/docker/keboola.ex-db-mysql/action/getTables' }, 'path: is a synchronous action'],
    [{ method: 'TRACE' }, 'method: not a supported method; expected one of GET, POST'],
    [{ method: 'post' }, 'method: not a supported method; expected one of GET, POST'],
    [{ method: 'GET', body: {} }, 'body: cannot be given with GET'],
    [{ body: { '#password': 'plain' } }, 'body.#password: is a secret in plain text'],
    [{ component: 'gooddata-writer' }, 'component: unknown field'],
    [{ connection: 'nowhere' }, 'Connection "nowhere" is not known'],
  ])('is refused before anything is sent: %j', async (wrong, message) => {
    const { error, sent } = await ended({ ...told({}), ...wrong });
    expect(error).toMatchObject({
      cause: { type: 'InvalidInput', message: expect.stringContaining(message) as string },
    });
    expect(sent).toEqual({ posts: 0, jobs: 0 });
  });

  it.each([undefined, null, 7, [], {}])('is refused as an input that is %j', async (input) => {
    const { error } = await settled(await lab.start(input, undefined, 'runAsyncAction'));
    expect(error).toMatchObject({ cause: { type: 'InvalidInput' } });
  });
});

it('is started by the client, found by its job id, and one of its own unless it has a key', async () => {
  const call = { method: 'POST' as const, path: `${WRITER}/update-model` };
  const [one, other] = await Promise.all([lab.keboola.startAsyncAction(call), lab.keboola.startAsyncAction(call)]);
  expect(one.handle.workflowId).toMatch(
    /^keboola-call\/default\/POST%20%2Fgooddata-writer%2Fv2%2Fmain%2Fupdate-model;key=/,
  );
  expect(other.handle.workflowId).not.toBe(one.handle.workflowId);
  const key = server.unique('key');
  const lasting = { ...call, body: { configData: { parameters: { sandbox: { durationSeconds: 360_000 } } } } };
  const named = await lab.keboola.startAsyncAction(lasting, { key });
  const again = await lab.keboola.startAsyncAction({ ...lasting, onWarning: 'accept' }, { key });
  expect([named.attached, again.attached]).toEqual([false, true]);
  await expect(lab.keboola.startAsyncAction({ ...lasting, onWarning: 'fail' }, { key })).rejects.toThrow('--key');
  await lab.temporal.workflow.getHandle(named.handle.workflowId).terminate();
  const { jobId } = await one.handle.result();
  await eventually(async () =>
    expect(await lab.keboola.open(jobId)).toMatchObject({ workflowId: one.handle.workflowId }),
  );
});
