import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { JobHandle } from '../../../src/client/handles/job-handle.js';
import { NoWorkerError, WorkflowStalledError } from '../../../src/client/errors.js';
import { isUnreachable } from '../../../src/operate/unreachable.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { directly } from '../../support/directly.js';
import { relay } from '../../support/relay.js';
import { workerByHand } from '../../support/worker-by-hand.js';

/** After as many failures of its tasks Temporal asks no worker about a workflow. */
const FAILURES = 2;

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

/** A way to the server that can be cut: it refuses then, or takes what is said and says nothing. */
interface Way {
  address: string;
  cut: (how: 'refuses' | 'says nothing') => void;
  close: () => void;
}

async function openWay(): Promise<Way> {
  const sockets = new Set<Socket>();
  let isSilent = false;
  const listener = createServer((socket) => {
    sockets.add(socket);
    if (isSilent) socket.resume();
    else relay(socket, server.address);
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const cut: Way['cut'] = (how) => {
    isSilent = true;
    if (how === 'refuses') listener.close();
    for (const socket of sockets) {
      if (how === 'refuses') socket.destroy();
      else socket.unpipe().removeAllListeners('data').resume();
    }
  };
  const close = (): void => {
    listener.close();
    for (const socket of sockets) socket.destroy();
  };
  return { address: `127.0.0.1:${(listener.address() as AddressInfo).port}`, cut, close };
}

it.each(['refuses', 'says nothing'] as const)(
  'a Temporal that %s while a workflow is asked is not taken for a worker that is missing',
  async (how) => {
    const way = await openWay();
    const connection = await Connection.connect({ address: way.address, ...directly });
    const client = new Client({ connection });
    const workflowId = server.unique('asked');
    await client.workflow.start('runJob', { workflowId, taskQueue: workflowId, args: [{}] });
    // The first question is answered: that there is no worker.
    const handle = new JobHandle(client, workflowId);
    await expect(handle.snapshot()).rejects.toBeInstanceOf(NoWorkerError);
    const asked = handle.snapshot().catch((error: unknown) => error);
    await server.client.workflow.getHandle(workflowId).describe();
    way.cut(how);
    const error = await asked;
    expect(error).not.toBeInstanceOf(NoWorkerError);
    expect(isUnreachable(error)).toBe(true);
    way.close();
    await connection.close();
    await server.client.workflow.getHandle(workflowId).terminate();
  },
  60_000,
);

it('a workflow whose tasks a worker fails again and again is told as that, with the reason, and not as one without a worker', async () => {
  const { client } = server;
  const workflowId = server.unique('failing');
  const started = await client.workflow.start('runJob', { workflowId, taskQueue: workflowId, args: [{}] });
  await workerByHand(client, workflowId).fail(FAILURES, 'the key "k1" is not here');
  const error: unknown = await new JobHandle(client, workflowId).snapshot().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(WorkflowStalledError);
  expect((error as Error).message).toBe(
    'no worker can go on with it: its tasks fail again and again (the key "k1" is not here); `keboola-temporal doctor` says what to do',
  );
  await started.terminate();
});
