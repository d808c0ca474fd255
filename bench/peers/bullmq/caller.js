import { Queue, QueueEvents } from 'bullmq';

export async function openCaller({ port }) {
  const connection = { host: '127.0.0.1', port };
  const queue = new Queue('keboola', { connection });
  const events = new QueueEvents('keboola', { connection });
  await events.waitUntilReady();
  return {
    async start(key, configData) {
      const job = await queue.add('run', { configData }, { jobId: key });
      return { result: () => job.waitUntilFinished(events) };
    },
  };
}
