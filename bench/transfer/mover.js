// Moves files as a worker does, in a process of its own, and says how much memory it took at most.
import process from 'node:process';
import { dirname, basename } from 'node:path';
import { readWorkerFile } from '../../dist/activities/storage/files/read-worker-file.js';
import { writeWorkerFile } from '../../dist/activities/storage/files/write-worker-file.js';
import { Connections } from '../../dist/keboola/connections.js';

const SAMPLE_MS = 50;

process.on('disconnect', () => process.exit());
process.on('message', async (order) => process.send(await measured(order)));

async function measured(order) {
  let rssBytesMax = process.memoryUsage.rss();
  const timer = setInterval(() => (rssBytesMax = Math.max(rssBytesMax, process.memoryUsage.rss())), SAMPLE_MS);
  const startedMs = performance.now();
  const connections = new Connections([
    { name: 'default', url: order.url, filesUrl: order.url, token: () => order.token },
  ]);
  try {
    const moved = await move(connections.get('default').tables, order);
    return { ...moved, seconds: (performance.now() - startedMs) / 1_000, rssBytesMax };
  } finally {
    clearInterval(timer);
    await connections.close();
  }
}

/** A whole table into Storage, or the file of one out of it. */
async function move(tables, { upload, download, path }) {
  const [place, name] = [{ folder: dirname(path) }, basename(path)];
  if (upload) {
    const { fileId, rows } = await tables.upload({
      name,
      content: readWorkerFile(place, name),
      runId: `bench-${process.pid}`,
    });
    return { fileId, rows };
  }
  const content = await tables.download(download, { columns: [] });
  await writeWorkerFile(place, { path: name, owner: 'bench' }, content);
  return {};
}
