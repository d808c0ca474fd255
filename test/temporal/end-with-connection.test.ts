import { Client, Connection } from '@temporalio/client';
import { expect, inject, it } from 'vitest';
import { startDevServer } from '../../src/dev/dev-server.js';
import { directly } from '../support/directly.js';
import { required } from '../support/required.js';

it('a call that breaks after its connection was closed is cancelled, and ends no process', async () => {
  const { cli } = required(inject('devServer'));
  const server = await startDevServer({ cli, headless: true, searchAttributes: {} });
  const { address } = server;
  const connection = await Connection.connect({ address, ...directly });
  const { workflow } = new Client({ connection });
  const handle = await workflow.start('nobodyRunsThis', { workflowId: 'w', taskQueue: 'nobody' });
  const ended = handle.result().catch((error: unknown) => error);
  await connection.workflowService.getSystemInfo({});
  await connection.close();
  await server.stop();
  expect(await ended).toMatchObject({ cause: { message: expect.stringContaining('is closed') as unknown } });
  await expect(handle.describe()).rejects.toThrow();
});
