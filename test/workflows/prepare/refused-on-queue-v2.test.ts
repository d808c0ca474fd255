import type { WorkflowFailedError } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { openJobLab, settled, type JobLab } from '../../support/job-lab.js';

const COMPONENT = 'keboola.ex-http';
const TOKEN = '9-1-shop';
const ROWS = Array.from({ length: 299 }, (_, at) => `row-${at}`);

let server: SharedDevServer;
let lab: JobLab;
/** Of a project with a configuration of many rows, and with one that is disabled. */
let shop: Sandbox;

beforeAll(async () => {
  server = await connectToDevServer();
  const configurations = [
    { component: COMPONENT, id: 'many', rows: ROWS.map((id) => ({ id })) },
    { component: COMPONENT, id: 'off', isDisabled: true },
  ];
  const tokens = [{ token: TOKEN, id: '1', description: 'worker' }];
  const project = { id: 9, name: 'Shop', features: ['queuev2'], tokens, configurations };
  shop = await startSandbox({ speed: 20, fixture: { projects: [project] } });
  lab = await openJobLab(server, { connections: [{ name: 'shop', url: shop.url, token: () => TOKEN }] });
});
afterAll(async () => {
  await lab.close();
  await shop.close();
  await server.close();
});

async function endOf(input: object): Promise<{ status?: string; cause?: unknown }> {
  const handle = await lab.start({ component: COMPONENT, connection: 'shop', ...input });
  const { result, error } = await settled(handle);
  return result ? { status: result.status } : { cause: (error as WorkflowFailedError).cause };
}

it('one row of three hundred that does not exist is named, and nothing is sent', async () => {
  const rows = [...ROWS.slice(0, 150), 'row-none', ...ROWS.slice(150)];
  const before = shop.counters.posts;
  const { cause } = await endOf({ config: 'many', rows });
  const named = `rows.150: configuration "many" of component "${COMPONENT}" has no row "row-none".`;
  expect(cause).toMatchObject({ type: 'InvalidInput', message: expect.stringContaining(named) as string });
  expect((cause as Error).message.match(/rows\.\d+:/g)).toHaveLength(1);
  expect(shop.counters.posts).toBe(before);
});

it('a configuration that is disabled is refused by Keboola, with what to do about it', async () => {
  const { cause } = await endOf({ config: 'off' });
  expect(cause).toMatchObject({
    type: 'CreateRefused',
    message: expect.stringMatching(/"off" .*is disabled.*with the mode "force-run"/) as string,
  });
  expect(await shop.jobs()).toEqual([]);
  expect(await endOf({ config: 'off', mode: 'force-run' })).toEqual({ status: 'success' });
});
