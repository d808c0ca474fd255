import { Client } from '@temporalio/client';
import type { SharedDevServer } from './dev-server.js';

const DAY_SECONDS = 86_400;

/** A namespace that nobody has given our search attributes; the server knows it everywhere a moment later. */
export async function bareNamespace(server: SharedDevServer): Promise<Client> {
  const { connection } = server.client;
  const namespace = server.unique('bare');
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: DAY_SECONDS as never },
  });
  return new Client({ connection, namespace });
}
