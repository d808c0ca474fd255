import { Client, Connection } from '@temporalio/client';
import type { nightly } from './workflows.js';

const [, , day = '2026-01-05'] = process.argv;
const connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? 'localhost:7233' });
const client = new Client({ connection });
const night = await client.workflow.execute<typeof nightly>('nightly', {
  workflowId: `nightly-${day}`,
  taskQueue: 'nightly',
  args: [day],
});
console.log(night);
await connection.close();
