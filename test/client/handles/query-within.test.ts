import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { InterceptingCall, type Interceptor } from '@grpc/grpc-js';
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

/** A way to the server that is cut as soon as anything more is said: it refuses then, or takes what is said and says nothing. */
interface Way {
  address: string;
  cutByNext: (how: 'refuses' | 'says nothing') => void;
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
  const cut: Way['cutByNext'] = (how) => {
    isSilent = true;
    if (how === 'refuses') listener.close();
    for (const socket of sockets) {
      if (how === 'refuses') socket.destroy();
      else socket.unpipe().removeAllListeners('data').resume();
    }
  };
  const cutByNext: Way['cutByNext'] = (how) => {
    for (const socket of sockets) socket.once('data', () => cut(how));
  };
  const close = (): void => {
    listener.close();
    for (const socket of sockets) socket.destroy();
  };
  return { address: `127.0.0.1:${(listener.address() as AddressInfo).port}`, cutByNext, close };
}

/** Hears of each question to a workflow directly before it goes out. */
function hearing(onQuestion: () => void): Interceptor {
  return (options, nextCall) => {
    if (options.method_definition.path.endsWith('/QueryWorkflow')) onQuestion();
    return new InterceptingCall(nextCall(options));
  };
}

it.each(['refuses', 'says nothing'] as const)(
  'a Temporal that %s while a workflow is asked is not taken for a worker that is missing',
  async (how) => {
    const way = await openWay();
    let onQuestion = (): void => undefined;
    const interceptors = [hearing(() => onQuestion()), ...directly.interceptors];
    const connection = await Connection.connect({ address: way.address, ...directly, interceptors });
    const client = new Client({ connection });
    const workflowId = server.unique('asked');
    await client.workflow.start('runJob', { workflowId, taskQueue: workflowId, args: [{}] });
    // The first question is answered: that there is no worker.
    const handle = new JobHandle(client, workflowId);
    await expect(handle.snapshot()).rejects.toBeInstanceOf(NoWorkerError);
    // The way is cut by the second one itself: a bit later it may be answered already, too.
    onQuestion = () => way.cutByNext(how);
    const error: unknown = await handle.snapshot().catch((reason: unknown) => reason);
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
    'no worker can continue this workflow: its tasks fail again and again (the key "k1" is not here); `keboola-temporal doctor` says what to do',
  );
  await started.terminate();
});
