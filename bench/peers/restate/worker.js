// A workflow of Restate: every request is a durable step, and between two reads it sleeps durably. The server calls it
// again, and hands it what is known already, when the process that ran it is gone.
import { createServer } from 'node:http2';
import process, { stderr } from 'node:process';
import { endpoint, workflow } from '@restatedev/restate-sdk';
import { keboolaOf } from '../run/keboola.js';

// The SDK needs it, and Node has it from version 22 on.
Promise.withResolvers ??= () => {
  const settle = {};
  const promise = new Promise((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return { promise, ...settle };
};

process.on('disconnect', () => process.exit());
process.once('message', run);

function run({ servicePort, keboola }) {
  const { createJob, readJob } = keboolaOf(keboola);

  const runJob = async (context, configData) => {
    const created = await context.run('create', () => createJob(configData));
    let last = created;
    // As long as the job takes.
    while (last.isFinished !== true) {
      await context.sleep(last.restMs);
      last = await context.run('read', () => readJob(created));
    }
    return last;
  };
  const service = endpoint().bind(workflow({ name: 'keboola', handlers: { run: runJob } }));
  const handler = service.setLogger(tellErrors).http2Handler();
  createServer(handler).listen(servicePort, '127.0.0.1', () => process.send('ready'));
}

/** Left alone it writes a line for every call. */
function tellErrors({ level }, message) {
  if (level === 'error') stderr.write(`Restate: ${message}\n`);
}
