import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection, ScheduleOverlapPolicy } from '@temporalio/client';
import type { importFolder } from './workflows.js';

const SCHEDULE = 'import-folder';
const WAIT_MS_MAX = 60_000;
const [, , command] = process.argv;
const connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? 'localhost:7233' });
const client = new Client({ connection });

if (command === 'create') await create();
else if (command === 'run') await runNow();
else if (command === 'delete') await client.schedule.getHandle(SCHEDULE).delete();
else console.error('schedule.js create | run | delete');
await connection.close();

async function create(): Promise<void> {
  await client.schedule.create<typeof importFolder>({
    scheduleId: SCHEDULE,
    // At an hour that every night has once, also when the clocks are changed.
    spec: { calendars: [{ hour: 4 }], timezone: 'Europe/Prague' },
    action: {
      type: 'startWorkflow',
      workflowType: 'importFolder',
      workflowId: SCHEDULE,
      taskQueue: 'import-folder',
      args: ['in.c-shop'],
    },
    // A night that lasts until the next one is not loaded twice at the same time.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 hour' },
  });
}

/** Starts it at once, whatever the time is, and tells what it has loaded. */
async function runNow(): Promise<void> {
  const schedule = client.schedule.getHandle(SCHEDULE);
  const { info } = await schedule.describe();
  await schedule.trigger();
  const workflowId = await startedAfter(info.numActionsTaken);
  const loaded = await client.workflow.getHandle<typeof importFolder>(workflowId).result();
  for (const { table, rows } of loaded) console.log(`${table}: ${rows} rows`);
}

/** Of the run that the schedule has started behind so many others: its list has them already, the newest at the end. */
async function startedAfter(others: number): Promise<string> {
  const giveUpAtMs = Date.now() + WAIT_MS_MAX;
  while (Date.now() < giveUpAtMs) {
    const { info } = await client.schedule.getHandle(SCHEDULE).describe();
    const action = info.recentActions.at(-1)?.action;
    if (info.numActionsTaken > others && action?.type === 'startWorkflow') return action.workflow.workflowId;
    await sleep(200);
  }
  throw new Error('The schedule has started nothing. Is the night before still being loaded?');
}
