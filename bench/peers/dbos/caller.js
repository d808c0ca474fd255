import { DBOSClient } from '@dbos-inc/dbos-sdk';

// DBOS uses its driver in a way that the next version of the driver refuses; it works today.
process.noDeprecation = true;

export async function openCaller({ databaseUrl }) {
  const client = await DBOSClient.create({ systemDatabaseUrl: databaseUrl, applicationName: 'bench' });
  return {
    async start(key, configData) {
      const which = { queueName: 'keboola', workflowName: 'runJob', workflowID: key };
      const handle = await client.enqueue(which, configData);
      return { result: () => handle.getResult() };
    },
  };
}
