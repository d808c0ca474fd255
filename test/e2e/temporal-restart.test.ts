import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { startDevServer, type DevServer } from '../../src/dev/dev-server.js';
import { waitForCreatedUpdate } from '../../src/job/messages.js';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { directly } from '../support/directly.js';
import { required } from '../support/required.js';
import { tempFolder } from '../support/temp-folder.js';

const AWAY_MS = 2_000;

let lab: CliLab;

beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(() => lab.close());

/** A server that keeps its data. */
async function startServer(folder: string, port?: number): Promise<DevServer> {
  const { cli } = required(inject('devServer'));
  const dbFilename = join(folder, 'temporal.db');
  return await startDevServer({ cli, headless: true, searchAttributes: {}, dbFilename, ...(port && { port }) });
}

it('a job goes on when Temporal is killed with -9 and comes back, and is created once', async () => {
  const folder = await tempFolder();
  const first = await startServer(folder);
  await lab.startWorker({ TEMPORAL_ADDRESS: first.address });
  const connection = await Connection.connect({ address: first.address, ...directly });
  const client = new Client({ connection });
  const configData = { parameters: { sandbox: { durationSeconds: 6 } } };
  const handle = await client.workflow.start('runJob', {
    workflowId: 'restarted',
    taskQueue: lab.taskQueue,
    args: [{ component: 'keboola.ex-http', configData }],
  });
  const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
  process.kill(first.pid, 'SIGKILL');
  await first.ended;
  await sleep(AWAY_MS);
  const second = await startServer(folder, Number(first.address.split(':')[1]));
  try {
    expect(await handle.result()).toMatchObject({ jobId, status: 'success', outcome: 'finished' });
    expect(lab.sandbox.counters).toMatchObject({ posts: 1, jobs: 1, runs: 1 });
  } finally {
    await connection.close();
    await second.stop();
  }
});
