import { request } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { ConnectionBoard } from '../../../src/operate/service/connection-board.js';
import { startHealthServer } from '../../../src/operate/service/health-server.js';
import { isAlive, lookAtWorker } from '../../../src/operate/service/readiness.js';
import { TemporalProbe, type Asked } from '../../../src/operate/service/temporal-probe.js';

type Looked = Parameters<typeof lookAtWorker>;

interface Seen {
  status: number;
  body: { ready?: boolean; reasons?: string[]; connections?: unknown[]; temporal?: string };
}

/** A worker as it seems from the outside, and what the probes say of it. */
async function probes(): Promise<{
  board: ConnectionBoard;
  worker: { state: string };
  temporal: { answers: boolean };
  ask: (path: string, method?: string, headers?: Record<string, string>) => Promise<Seen>;
}> {
  const board = new ConnectionBoard(['default', 'queue']);
  const [worker, temporal] = [{ state: 'RUNNING' }, { answers: true }];
  const seenWorker = { getState: () => worker.state } as Looked[0];
  const connection = {
    workflowService: {
      describeNamespace: () => (temporal.answers ? Promise.resolve({}) : Promise.reject(new Error('gone'))),
    },
    withDeadline: (_: number, ask: () => Promise<unknown>) => ask(),
  } as unknown as Asked;
  const settings = { address: '127.0.0.1:1', namespace: 'default', connectionOptions: {} };
  const probe = new TemporalProbe(
    connection,
    settings,
    () => undefined,
    () => Promise.resolve(undefined),
  );
  const looks = { isAlive: () => isAlive(seenWorker), readiness: () => lookAtWorker(seenWorker, probe, board) };
  const server = await startHealthServer({ port: 0, host: '127.0.0.1' }, looks);
  onTestFinished(() => server.close());
  const ask = async (path: string, method = 'GET', headers = {}): Promise<Seen> => {
    const answer = await request(`${server.url}${path}`, { method, headers });
    return { status: answer.statusCode, body: (await answer.body.json()) as Seen['body'] };
  };
  return { board, worker, temporal, ask };
}

it('a worker that polls is alive and ready', async () => {
  const { ask } = await probes();
  expect((await ask('/healthz')).status).toBe(200);
  expect(await ask('/readyz?verbose')).toMatchObject({ status: 200, body: { ready: true, reasons: [] } });
});

it.each(['STOPPING', 'DRAINING', 'STOPPED'])('one that is %s is alive and takes up nothing', async (state) => {
  const { ask, worker } = await probes();
  worker.state = state;
  expect((await ask('/healthz')).status).toBe(200);
  expect(await ask('/readyz')).toMatchObject({ status: 503, body: { reasons: [`the worker is ${state}`] } });
});

it('one that has failed is not alive', async () => {
  const { ask, worker } = await probes();
  worker.state = 'FAILED';
  expect((await ask('/healthz')).status).toBe(503);
});

it('one whose Temporal is silent is alive, and says why it is not ready', async () => {
  const { ask, temporal } = await probes();
  temporal.answers = false;
  expect((await ask('/healthz')).status).toBe(200);
  expect(await ask('/readyz')).toMatchObject({
    status: 503,
    body: { temporal: 'silent', reasons: ['Temporal does not answer'] },
  });
});

it('a refused token makes it not ready, a Keboola that is silent does not: that passes by itself', async () => {
  const { ask, board } = await probes();
  board.heard('queue', { kind: 'no-answer', message: 'GET / timed out' });
  expect(await ask('/readyz')).toMatchObject({
    status: 200,
    body: {
      connections: [
        { name: 'default', state: 'well' },
        { name: 'queue', state: 'no-answer' },
      ],
    },
  });
  board.heard('queue', { kind: 'token-refused', message: 'GET / answered 401' });
  expect(await ask('/readyz')).toMatchObject({
    status: 503,
    body: { reasons: ['connection queue: GET / answered 401'] },
  });
  board.heard('queue', { kind: 'well', afterMs: 5 });
  expect((await ask('/readyz')).status).toBe(200);
});

it.each([
  ['by a name of its own that it points to this machine', { host: 'evil.example' }],
  ['from its own origin', { origin: 'https://evil.example' }],
])('a page that somebody visits on this machine learns nothing %s', async (_, headers) => {
  const { ask } = await probes();
  for (const path of ['/readyz', '/healthz', '/']) {
    const problem = 'requests from web pages are refused';
    expect(await ask(path, 'GET', headers)).toEqual({ status: 403, body: { problem } });
  }
});

it('what is no probe is told so', async () => {
  const { ask } = await probes();
  expect((await ask('/')).status).toBe(404);
  expect((await ask('/readyz', 'POST')).status).toBe(405);
});
