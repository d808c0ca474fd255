import { Client } from '@temporalio/client';
import type { SharedDevServer } from './dev-server.js';
import { eventually } from './eventually.js';

const DAY_SECONDS = 86_400;

/** A namespace that nobody has given our search attributes, once the server knows it. */
export async function bareNamespace(server: SharedDevServer): Promise<Client> {
  const { connection } = server.client;
  const namespace = server.unique('bare');
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: DAY_SECONDS as never },
  });
  const client = new Client({ connection, namespace });
  await eventually(() => client.workflow.count());
  return client;
}
