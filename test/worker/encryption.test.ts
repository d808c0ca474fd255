import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { heartbeat } from '@temporalio/activity';
import { Client, Connection, type WorkflowFailedError } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startDevServer, type DevServer } from '../../src/dev/dev-server.js';
import { SEARCH_ATTRIBUTES } from '../../src/job/search-attributes.js';
import { directly } from '../support/directly.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { encrypting, keysText } from '../support/payload-keys.js';
import { required } from '../support/required.js';
import { tempFolder } from '../support/temp-folder.js';
import '../support/quiet-sdk.js';

const workflowsPath = fileURLToPath(new URL('stranger/beating.workflow.ts', import.meta.url));

let dbFilename: string;
let server: DevServer;
let connection: Connection;
let nativeConnection: NativeConnection;

beforeAll(async () => {
  dbFilename = join(await tempFolder(), 'temporal.db');
  server = await startDevServer({
    cli: required(inject('devServer')).cli,
    headless: true,
    dbFilename,
    searchAttributes: Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, 'Keyword'])),
  });
  const { address } = server;
  [connection, nativeConnection] = await Promise.all([
    Connection.connect({ address, ...directly }),
    NativeConnection.connect({ address }),
  ]);
});
afterAll(async () => {
  await Promise.all([connection.close(), nativeConnection.close()]);
  await server.stop();
});

async function openLab(dataConverter?: DataConverter): Promise<JobLab> {
  const converting = dataConverter && { dataConverter };
  return await openJobLab(
    { client: new Client({ connection, ...converting }), nativeConnection },
    { worker: { workflowsPath, activities: { beats }, ...converting } },
  );
}

/** Beats once, and is never heard of again. */
async function beats(told: string): Promise<void> {
  heartbeat(told);
  await new Promise((resolve) => setTimeout(resolve, 4_000));
}

/** Whatever is told of one secret: in a configuration, a result, a failure, a heartbeat. @returns the ids of the workflows. */
async function tellOf(lab: JobLab, canary: string): Promise<string[]> {
  const configData = { ...scripted({ durationSeconds: 1, message: canary, result: { [canary]: canary } }) };
  const failing = scripted({ durationSeconds: 1, status: 'error', message: canary });
  const [ends, fails, beating] = await Promise.all([
    lab.start(configData),
    lab.start(failing),
    lab.start(canary, undefined, 'heardBeating'),
  ]);
  expect((await settled(ends)).result).toMatchObject({ result: { message: canary, [canary]: canary } });
  const failed = (await settled(fails)).error as WorkflowFailedError;
  expect(failed.cause).toMatchObject({ type: 'JobUserError' });
  expect(failed.cause?.message).toContain(canary);
  await settled(beating);
  return [ends, fails, beating].map(({ workflowId }) => workflowId);
}

async function bytesOfHistories(ids: readonly string[]): Promise<Buffer> {
  const { workflowService } = connection;
  const histories = ids.map(async (workflowId) => {
    const execution = { workflowId };
    const { history } = await workflowService.getWorkflowExecutionHistory({ namespace: 'default', execution });
    return proto.temporal.api.history.v1.History.encode(history ?? {}).finish();
  });
  return Buffer.concat(await Promise.all(histories));
}

async function bytesOfDatabase(): Promise<Buffer> {
  const folder = dirname(dbFilename);
  const files = (await readdir(folder)).map((name) => readFile(join(folder, name)));
  return Buffer.concat(await Promise.all(files));
}

describe.concurrent('what is secret in configurations, results, failures and heartbeats', () => {
  it('is in no byte of a history and in no file of the database where a worker and its clients encrypt', async () => {
    const lab = await openLab(encrypting(keysText('k1', ['k1'])));
    const ids = await tellOf(lab, 'canary5Encrypted5Canary');
    const histories = await bytesOfHistories(ids);
    expect(histories.includes('binary/encrypted')).toBe(true);
    expect(histories.includes('canary5Encrypted')).toBe(false);
    await lab.close();
    expect((await bytesOfDatabase()).includes('canary5Encrypted')).toBe(false);
  });

  it('is in both where they do not', async () => {
    const lab = await openLab();
    const ids = await tellOf(lab, 'canary6Readable6Canary');
    const histories = (await bytesOfHistories(ids)).toString('latin1');
    // In the configuration, the result and its key, the failure, and the heartbeat of what has timed out.
    expect(histories.split('canary6Readable').length).toBeGreaterThan(8);
    await lab.close();
    expect((await bytesOfDatabase()).includes('canary6Readable')).toBe(true);
  });
});
