// The loop that is written first: whoever hands a job over is told that it was accepted, and, on the same connection, how
// it has ended. Both speak lines of JSON.
import { createServer } from 'node:net';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { keboolaOf } from '../run/keboola.js';

process.on('disconnect', () => process.exit());
process.once('message', run);

function run({ port, keboola }) {
  const { createJob, readJob } = keboolaOf(keboola);
  const runJob = async (configData) => {
    const created = await createJob(configData);
    let last = created;
    // As long as the job takes.
    while (last.isFinished !== true) {
      await sleep(last.restMs);
      last = await readJob(created);
    }
    return last;
  };
  const server = createServer((socket) => {
    const tell = (message) => socket.write(`${JSON.stringify(message)}\n`);
    createInterface({ input: socket }).on('line', async (line) => {
      const { key, configData } = JSON.parse(line);
      tell({ key });
      tell({ key, result: await runJob(configData) });
    });
  });
  server.listen(port, '127.0.0.1', () => process.send('ready'));
}
