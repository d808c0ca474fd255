import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Tick, tick } from './workflows.js';

const SCHEDULE = 'ex-http-medium';
const WATCH_MS_MAX = 120_000;
const [, , command, argument = '1'] = process.argv;
const connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? 'localhost:7233' });
const client = new Client({ connection });

if (command === 'create') await create(Number(argument));
else if (command === 'watch') await watch(Number(argument));
else if (command === 'delete') await client.schedule.getHandle(SCHEDULE).delete();
else console.error('schedule.js create SECONDS | watch JOBS | delete');
await connection.close();

async function create(seconds: number): Promise<void> {
  await client.schedule.create<typeof tick>({
    scheduleId: SCHEDULE,
    // Every night, at an hour that exists once in each of them: { calendars: [{ hour: 4 }], timezone: 'Europe/Prague' }
    spec: { intervals: [{ every: seconds * 1_000 }] },
    action: {
      type: 'startWorkflow',
      workflowType: 'tick',
      workflowId: SCHEDULE,
      taskQueue: 'schedule',
      args: [{ component: 'keboola.ex-http', config: 'medium' }],
    },
    policies: {
      // The default, SKIP, would drop a run without any trace but a number. `tick` sees by itself what runs.
      overlap: ScheduleOverlapPolicy.ALLOW_ALL,
      catchupWindow: '1 minute',
    },
  });
}

/** Tells what has become of each time, until so many jobs have run. */
async function watch(jobs: number): Promise<void> {
  const told = new Set<string>();
  const query = `TemporalScheduledById = "${SCHEDULE}" AND ExecutionStatus != "Running"`;
  const giveUpAtMs = Date.now() + WATCH_MS_MAX;
  let ran = 0;
  while (ran < jobs) {
    if (Date.now() > giveUpAtMs) throw new Error(`Only ${ran} of ${jobs} jobs have run.`);
    for await (const { workflowId, startTime, status } of client.workflow.list({ query })) {
      if (told.has(workflowId)) continue;
      told.add(workflowId);
      const tick = status.name === 'COMPLETED' ? await resultOf(workflowId) : undefined;
      if (tick?.ran) ran += 1;
      console.log(`${startTime.toISOString()} ${tick ? textOf(tick) : status.name.toLowerCase()}`);
    }
    await sleep(500);
  }
}

async function resultOf(workflowId: string): Promise<Tick> {
  return await client.workflow.getHandle<typeof tick>(workflowId).result();
}

function textOf(tick: Tick): string {
  return tick.ran ? `ran job ${tick.jobId}: ${tick.status}` : `skipped: ${tick.because}`;
}
