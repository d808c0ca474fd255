// The client of one row, in a process of its own: it starts jobs and awaits their results, as a caller does, and tells
// afterwards what their histories hold. Its first message says which row.
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { KeboolaClient } from '../../../dist/client.js';
import { historyOf } from './history-of.js';
import { jobOf, Lead } from './lead.js';

const COMPONENT = 'keboola.ex-http';

process.on('disconnect', () => process.exit());
process.once('message', (order) => void serve(order));

async function serve({ address, row, taskQueue }) {
  const connection = await Connection.connect({ address, channelArgs: { 'grpc.enable_http_proxy': 0 } });
  const client = new Client({ connection });
  const start = row.ours ? startOurs(client, taskQueue) : startPlain(client, taskQueue, row);
  let started = [];
  const lead = new Lead(start);
  process.on('message', async ({ run, lead: isLead, histories }) => {
    if (isLead) process.send(await lead.untilWatched());
    else if (run) {
      started = [];
      process.send(await runJobs(run, start, started));
    } else process.send(await Promise.all(started.slice(0, histories).map((handle) => historyOf(client, handle))));
  });
  const { serverVersion } = await client.workflowService.getSystemInfo({});
  process.send({ serverVersion });
}

/** @returns of each job its id and the instant, in milliseconds since 1970, at which its caller had the answer. */
async function runJobs({ jobs, seconds, gapMs }, start, started) {
  const configData = jobOf(seconds);
  return await Promise.all(
    Array.from({ length: jobs }, async (_, at) => {
      await sleep(at * gapMs);
      const { handle, jobIdOf } = await start(configData);
      started.push(handle);
      const result = await handle.result();
      return { jobId: jobIdOf(result), answeredMs: Date.now() };
    }),
  );
}

/** Inline configurations, because jobs of a stored one wait for each other. */
function startOurs(client, taskQueue) {
  const keboola = new KeboolaClient({ client, taskQueue });
  return async (configData) => {
    const { handle } = await keboola.start({ component: COMPONENT, configData });
    return { handle, jobIdOf: ({ jobId }) => jobId };
  };
}

function startPlain(client, taskQueue, { key, workflow }) {
  let count = 0;
  return async (configData) => {
    const workflowId = `${key}-${(count += 1)}`;
    const handle = await client.workflow.start(workflow, { taskQueue, workflowId, args: [COMPONENT, configData] });
    return { handle, jobIdOf: ({ id }) => String(id) };
  };
}
