import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { startDevServer, type DevServer } from '../../src/dev/dev-server.js';
import { ANSWER_LIFETIME_MS } from '../../src/job/search-attributes.js';
import { searchAttributesProbe } from '../../src/worker/search-attributes-ready.js';
import { directly } from '../support/directly.js';
import { eventually } from '../support/eventually.js';
import { required } from '../support/required.js';

let server: DevServer;
let connection: Connection;
let client: Client;

beforeAll(async () => {
  const { cli } = required(inject('devServer'));
  server = await startDevServer({ cli, headless: true, searchAttributes: { KeboolaStatus: 'Bool' } });
  connection = await Connection.connect({ address: server.address, ...directly });
  client = new Client({ connection });
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

it('a worker is told once what type is wanted, and once that all is well, however often it asks', async () => {
  const told: string[] = [];
  let nowMs = 0;
  const probe = searchAttributesProbe(
    (level, sentence) => told.push(`${level} ${sentence}`),
    () => nowMs,
  );
  const askAnew = async (): Promise<number> => {
    nowMs += ANSWER_LIFETIME_MS + 1;
    return (await probe.faults(client)).length;
  };
  // What it has registered itself takes a while to be known everywhere.
  await eventually(async () => expect(await askAnew()).toBe(1));
  await askAnew();
  const ofType = told.filter((words) => words.includes('KeboolaStatus is registered as Bool, but must be Keyword. '));
  expect(ofType.filter((words) => !words.includes('not registered'))).toEqual([
    expect.stringMatching(
      /^WARN Search attributes: KeboolaStatus .* Jobs still run without them, .*`keboola-temporal setup`/,
    ),
  ]);
  await connection.operatorService.removeSearchAttributes({
    namespace: 'default',
    searchAttributes: ['KeboolaStatus'],
  });
  await eventually(async () => expect(await askAnew()).toBe(0));
  await askAnew();
  const well = told.filter((words) => words.startsWith('INFO'));
  expect(well).toEqual(['INFO Search attributes: all are registered now; jobs show in them']);
});
