// A job of BullMQ in steps, as its documentation has them (patterns "process step jobs"): what is known so far is kept in
// the data of the job, and between two reads the job is delayed, which occupies nobody.
import process from 'node:process';
import { DelayedError, Worker } from 'bullmq';
import { keboolaOf } from '../run/keboola.js';

/** Steps wait for requests, not for a processor. */
const CONCURRENCY = 1_000;

process.on('disconnect', () => process.exit());
process.once('message', (order) => void run(order));

async function run({ port, keboola }) {
  const { createJob, readJob } = keboolaOf(keboola);
  const step = async (job, token) => {
    const { created, configData } = job.data;
    const last = await (created ? readJob(created) : createJob(configData));
    if (last.isFinished) return last;
    if (!created) await job.updateData({ configData, created: last });
    await job.moveToDelayed(Date.now() + last.restMs, token);
    throw new DelayedError();
  };
  const worker = new Worker('keboola', step, { connection: { host: '127.0.0.1', port }, concurrency: CONCURRENCY });
  await worker.waitUntilReady();
  process.send('ready');
}
