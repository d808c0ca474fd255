import { setTimeout as sleep } from 'node:timers/promises';
import { told } from './told.js';

const COMPONENT = 'keboola.ex-http';
const LOOK_MS = 100;
const LOOKS_MAX = 600;
const RESTART_MS = 500;
const CLOSED_MS_MAX = 3 * 60_000;
const AFTERWARDS_MS = 5_000;

/**
 * Plays one accident to one side by one job API of Keboola; `row` says on the way how it stands.
 *
 * @returns what the sandbox counted for the side in the accident, and what its workflow told.
 */
export async function playAccident({ accident, side, api, row }, { client, sandbox }) {
  const marker = `${accident.title} / ${side.name} / ${api.name}`;
  if (accident.fault) sandbox.faults.add(accident.fault(marker));
  const handle = await start(client, { side, api, parameters: { marker, sandbox: accident.script } });
  row.workflowId = handle.workflowId;
  row.line = 'running';
  const strike = accident.strike?.({
    pressStop: async () => {
      row.line = 'stop is pressed';
      await handle.cancel();
    },
    loseWorker: async () => {
      row.line = 'the worker is killed with -9';
      await side.worker.loseMachine();
      await sleep(RESTART_MS);
      await side.worker.start();
      row.line = 'another worker runs';
    },
    jobsCreated: (count) => until(async () => (await jobsOf(sandbox, marker)).length >= count),
  });
  const [ending] = await Promise.race([Promise.all([told(handle), strike]), side.worker.broken, tooLate(marker)]);
  row.line = 'the workflow has ended; is anything left?';
  await sleep(AFTERWARDS_MS);
  const jobs = await jobsOf(sandbox, marker);
  const left = jobs.filter(({ isFinished }) => !isFinished).length;
  const what = { accident: accident.title, side: side.name, api: api.name };
  return { ...what, jobsCreated: jobs.length, jobsLeftRunning: left, told: ending };
}

function start(client, { side, api: { connection }, parameters }) {
  const options = { workflowId: `demo-break/${parameters.marker}`, taskQueue: side.taskQueue };
  const configData = { parameters };
  return side.name === 'plain loop'
    ? client.workflow.start('plainLoop', { ...options, args: [connection, COMPONENT, configData] })
    : client.workflow.start('runJob', { ...options, args: [{ connection, component: COMPONENT, configData }] });
}

/** Counted where they were made: neither side is asked what it thinks it did. */
async function jobsOf(sandbox, marker) {
  const jobs = await sandbox.jobs();
  return jobs.filter(({ params }) => JSON.stringify(params).includes(JSON.stringify(marker)));
}

/** Far above what it takes on a slow machine; a demonstration that hangs would show nothing. */
async function tooLate(marker) {
  await sleep(CLOSED_MS_MAX, undefined, { ref: false });
  throw new Error(`${marker}: the workflow has not ended within ${CLOSED_MS_MAX / 60_000} min`);
}

async function until(holds) {
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    if (await holds()) return;
    await sleep(LOOK_MS);
  }
  throw new Error('the sandbox has not seen in a minute what the demonstration waits for');
}
