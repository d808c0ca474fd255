import { readFile } from 'node:fs/promises';
import { Client, Connection } from '@temporalio/client';
import type { Configuration, fanOut } from './workflows.js';

const [, , file = 'configurations.json', window = '3'] = process.argv;
const configurations = JSON.parse(await readFile(file, 'utf8')) as Configuration[];
const connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? 'localhost:7233' });
const client = new Client({ connection });
const outcome = await client.workflow.execute<typeof fanOut>('fanOut', {
  workflowId: 'fan-out',
  taskQueue: 'fan-out',
  args: [{ configurations, window: Number(window) }],
});
console.log(`${outcome.succeeded} of ${configurations.length} have succeeded.`);
for (const { component, config, why } of outcome.failed) console.log(`${component} / ${config}: ${why}`);
await connection.close();
