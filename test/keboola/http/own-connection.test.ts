import { getEventListeners } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { outcomeOfFailedPost } from '../../../src/keboola/jobs/create-outcome.js';
import { KeboolaHttp } from '../../../src/keboola/http/http.js';
import type { Keboola } from '../../../src/keboola/keboola.js';
import { OwnConnection } from '../../../src/keboola/http/own-connection.js';
import { startFakeStack } from '../../support/fake-stack.js';
import { startRawServer, type RawServer } from '../../support/raw-server.js';
import { replies } from '../../support/replies.js';

const PATIENTLY = { timeout: 20_000 };
const runId = '77.900000000000001';
const accepted = replies.resetWhenKept(replies.json(202, { id: '5', status: 'waiting' }));

interface Creation {
  path: string;
  create: (keboola: Keboola) => Promise<unknown>;
}

const jobOf = async (keboola: Keboola, what: object): Promise<unknown> => {
  const request = { connection: 'default', runId, ...what };
  return (await (await keboola.jobs()).prepareCreate(request as never)).send();
};

const creations: [string, Creation][] = [
  [
    'the run of a configuration',
    {
      path: '/docker/keboola.ex-http/run',
      create: (keboola) => jobOf(keboola, { component: 'keboola.ex-http', config: 'orders' }),
    },
  ],
  [
    'a call that makes a job',
    {
      path: '/gooddata-writer/v3/projects',
      create: (keboola) => jobOf(keboola, { call: { method: 'POST', path: '/gooddata-writer/v3/projects', body: {} } }),
    },
  ],
  [
    'a job of Storage',
    {
      path: '/v2/storage/tables/t/export-async',
      create: async ({ storage }) => {
        const call = { method: 'POST', path: 'tables/t/export-async', body: {}, runId } as const;
        return (await storage.prepareCall(call)).send();
      },
    },
  ],
  [
    'an action',
    {
      path: '/docker/keboola.ex-http/action/test',
      create: async (keboola) => {
        const call = { component: 'keboola.ex-http', action: 'test' };
        return (await (await keboola.actions()).prepareAction(call)).send();
      },
    },
  ],
];

describe('what must be made once goes out on a connection of its own', () => {
  test.each(creations)(
    'so a kept connection that is closed in this instant costs it nothing: %s',
    async (_, { path, create }) => {
      const document = { id: '5', runId, status: 'waiting', operationName: 'tableExport' };
      const answer = path.includes('storage') ? replies.resetWhenKept(replies.json(202, document)) : accepted;
      const { keboola, requests } = await startFakeStack({ routes: { [`POST ${path}`]: answer } });
      // They leave connections behind that are kept.
      await Promise.all([keboola.jobs(), keboola.facts(), keboola.facts(), keboola.components.find('x')]);
      expect(await create(keboola)).toMatchObject(path.includes('action') ? { id: '5' } : { jobId: '5' });
      expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    },
  );

  test('so it does not stand in line behind reads that nobody answers', async () => {
    const server = await startRawServer((response, request) => {
      if (request.method === 'POST') replies.json(202, { id: '5' })(response, request);
    });
    const http = client();
    const { signal, abort } = aborter();
    const reads = Array.from({ length: 140 }, () =>
      http.send({ method: 'GET', url: new URL(server.url), timeoutMs: 60_000, signal }).catch(() => undefined),
    );
    await arrived(server, 128);
    const creation = { method: 'POST', url: new URL(server.url), body: {}, timeoutMs: 60_000 } as const;
    expect(await http.send(creation)).toMatchObject({ status: 202 });
    abort();
    await Promise.all(reads);
  });

  test('and leaves none behind', async () => {
    const sockets = new Set<unknown>();
    const server = await startRawServer((response, request) => {
      const { socket } = response;
      sockets.add(socket);
      socket?.once('close', () => sockets.delete(socket));
      replies.json(202, { id: '5' })(response, request);
    });
    const http = client();
    for (let count = 0; count < 5; count++) {
      await http.send({ method: 'POST', url: new URL(server.url), body: {}, timeoutMs: 60_000 });
    }
    await expect.poll(() => sockets.size, PATIENTLY).toBe(0);
  });
});

describe('a connection of its own', () => {
  test('lets go of its signal when it is closed', async () => {
    const { signal } = new AbortController();
    const connect = (): void => undefined;
    const own = new OwnConnection('http://127.0.0.1:1', { connect, maxResponseSize: 1, signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await own.close();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a creation is known not to have been sent', () => {
  test.each([
    ['never speaks', undefined],
    ['hangs up', 'end'],
    ['resets', 'resetAndDestroy'],
    ['speaks no TLS', 'write'],
  ] as const)('when the other side %s while TLS is agreed upon', async (_, reaction) => {
    const { port, heard } = await startTlsless(reaction);
    const url = new URL(`https://127.0.0.1:${port}/docker/c/run`);
    const request = { method: 'POST', url, body: { config: 'orders' }, timeoutMs: 300 } as const;
    const outcome = await client()
      .send(request)
      .then(() => expect.unreachable('it succeeded'), outcomeOfFailedPost);
    expect(outcome).toMatchObject({ kind: 'not-sent' });
    expect(heard()).not.toMatch(/POST|orders/);
  });
});

function client(): KeboolaHttp {
  const http = new KeboolaHttp('test');
  onTestFinished(() => http.close());
  return http;
}

function aborter(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

async function arrived(server: RawServer, count: number): Promise<void> {
  await expect.poll(() => server.requests.length, PATIENTLY).toBe(count);
}

/** Listens where TLS is expected, and keeps all that it is told. */
async function startTlsless(
  reaction: 'end' | 'resetAndDestroy' | 'write' | undefined,
): Promise<{ port: number; heard: () => string }> {
  const pieces: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (piece: Buffer) => {
      pieces.push(piece);
      if (reaction === 'write') socket.write('HTTP/1.1 400 Bad Request\r\n\r\n');
      else if (reaction) socket[reaction]();
    });
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, heard: () => Buffer.concat(pieces).toString('latin1') };
}
