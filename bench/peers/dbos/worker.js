// A workflow of DBOS: every request is a step, whose outcome is in the database before the next one begins, and between
// two reads it sleeps durably. A worker that starts goes on with the workflows that an earlier one has left.
import process from 'node:process';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { keboolaOf } from '../run/keboola.js';

process.on('disconnect', () => process.exit());
process.once('message', (order) => void run(order));

async function run({ databaseUrl, keboola }) {
  const { createJob, readJob } = keboolaOf(keboola);
  const step = (name, request) => DBOS.runStep(request, { name, retriesAllowed: true });

  const runJob = async (configData) => {
    const created = await step('create', () => createJob(configData));
    let last = created;
    // As long as the job takes.
    while (last.isFinished !== true) {
      await DBOS.sleep(last.restMs);
      last = await step('read', () => readJob(created));
    }
    return last;
  };
  DBOS.registerWorkflow(runJob, { name: 'runJob' });
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: databaseUrl, logLevel: 'error' });
  await DBOS.launch();
  await DBOS.registerQueue('keboola');
  process.send('ready');
}
