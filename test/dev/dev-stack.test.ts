import { Connection } from '@temporalio/client';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { type DevStackAddresses, startDevStack } from '../../src/dev/dev-stack.js';
import { directly } from '../support/directly.js';
import { required } from '../support/required.js';

const { cli } = required(inject('devServer'));

describe('startDevStack', () => {
  test('starts the worker when server and sandbox answer, and stops it before them', async () => {
    const order: string[] = [];
    const stack = await startDevStack({
      cli,
      sandbox: { speed: 60 },
      startWorker: async (addresses) => {
        order.push(`started: ${await answers(addresses)}`);
        return { stop: async () => void order.push(`stopping: ${await answers(addresses)}`) };
      },
    });
    expect(stack.uiUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(stack.sandbox?.token).toBe('1134-53044-sandbox');
    await stack.stop();
    await stack.stop();
    expect(order).toEqual(['started: both answer', 'stopping: both answer']);
    expect(await stack.temporalEnded).toMatch(/^ended with/);
    await expect(fetch(stack.sandbox!.url)).rejects.toThrow('fetch failed');
  });

  test('has no sandbox unless it is asked for one', async () => {
    const startWorker = () => Promise.resolve({ stop: () => Promise.resolve() });
    const stack = await startDevStack({ cli, headless: true, startWorker });
    onTestFinished(() => stack.stop());
    expect(stack).not.toHaveProperty('sandbox');
    expect(stack).not.toHaveProperty('uiUrl');
  });

  test('stops server and sandbox again when the worker does not start', async () => {
    let seen: DevStackAddresses | undefined;
    const starting = startDevStack({
      cli,
      headless: true,
      sandbox: {},
      startWorker: (addresses) => {
        seen = addresses;
        return Promise.reject(new Error('no workflows found'));
      },
    });
    await expect(starting).rejects.toThrow('no workflows found');
    await expect(fetch(seen!.sandbox!.url)).rejects.toThrow('fetch failed');
    await expect(fetch(`http://${seen!.temporalAddress}`)).rejects.toThrow('fetch failed');
  });

  test('reports a busy sandbox port by its number and leaves no server running', async () => {
    const port = Number(required(inject('devServer')).address.split(':')[1]);
    const startWorker = () => Promise.reject(new Error('must not start'));
    await expect(
      startDevStack({ cli, headless: true, sandbox: {}, ports: { sandbox: port }, startWorker }),
    ).rejects.toThrow(`port ${port} is in use, likely by another sandbox; stop it or pass --sandbox-port`);
  });

  test('stops everything although the worker fails to stop, and tells so', async () => {
    const startWorker = () => Promise.resolve({ stop: () => Promise.reject(new Error('worker stuck')) });
    const stack = await startDevStack({ cli, headless: true, startWorker });
    await expect(stack.stop()).rejects.toThrow('worker stuck');
    expect(await stack.temporalEnded).toMatch(/^ended with/);
  });
});

async function answers({ temporalAddress, sandbox }: DevStackAddresses): Promise<string> {
  const connection = await Connection.connect({ address: temporalAddress, ...directly });
  await connection.close();
  const { status } = await fetch(`${sandbox!.url}/v2/storage`);
  return status < 500 ? 'both answer' : `the sandbox says ${status}`;
}
