import { Queue, QueueEvents } from 'bullmq';

export async function openCaller({ port }) {
  const connection = { host: '127.0.0.1', port };
  const queue = new Queue('keboola', { connection });
  const events = new QueueEvents('keboola', { connection });
  await events.waitUntilReady();
  // Each job that is waited for listens to both.
  for (const one of [queue, events]) one.setMaxListeners(0);
  return {
    async start(key, configData) {
      const job = await queue.add('run', { configData }, { jobId: key });
      return { result: () => job.waitUntilFinished(events) };
    },
  };
}
