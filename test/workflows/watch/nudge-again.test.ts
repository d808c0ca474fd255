import { Client } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { NudgeAll } from '../../../src/activities/watch/nudge-all.js';
import { Watcher } from '../../../src/activities/watch/watcher.js';
import type { WatchRequest } from '../../../src/job/watch/watch-request.js';
import { Connections } from '../../../src/keboola/connections.js';
import { eventually } from '../../support/eventually.js';
import { scripted, type JobLab } from '../../support/job-lab.js';
import { useJobLab } from '../../support/use-job-lab.js';

const REQUEST: WatchRequest = { connection: 'default', project: '1134' };
const TOLD_MS = 15_000;

type Handle = Awaited<ReturnType<JobLab['start']>>;

const lab = useJobLab();
const open: Handle[] = [];

afterEach(async () => {
  for (const job of open.splice(0)) await job.terminate().catch(() => undefined);
});

/** A job whose workflow can be found by it. */
async function shownJob(durationSeconds: number): Promise<Handle> {
  const job = await lab.start(scripted({ durationSeconds }));
  open.push(job);
  await eventually(async () => {
    const query = `TaskQueue = "${lab.taskQueue}" AND WorkflowId = "${job.workflowId}" AND KeboolaJobId IS NOT NULL`;
    expect((await lab.temporal.workflow.count(query)).count).toBe(1);
  });
  return job;
}

async function nudges(job: Handle): Promise<number> {
  const events = await lab.events(job.workflowId);
  return events.filter((event) => event.workflowExecutionSignaledEventAttributes?.signalName === 'nudge').length;
}

/** In an activity whose client does not get so many signals through: a busy server refuses them. */
async function refused(times: number, work: () => Promise<void>): Promise<void> {
  let left = times;
  const client = new Client({
    connection: lab.temporal.connection,
    interceptors: {
      workflow: [
        {
          signal: async (input, next) => {
            if (left-- > 0) throw new Error('resource exhausted');
            await next(input);
          },
        },
      ],
    },
  });
  await new MockActivityEnvironment({ taskQueue: lab.taskQueue }, { client }).run(work);
}

describe('a nudge that the server refuses', () => {
  it('comes again with the next look, since the workflow may sleep for half an hour otherwise', async () => {
    const job = await shownJob(6);
    const fault = lab.sandbox.faults.add({ route: 'read', status: 503, times: 'always' });
    const connections = new Connections([{ name: 'default', url: lab.sandbox.url, token: () => lab.sandbox.token }]);
    await refused(1, async () => {
      const watcher = new Watcher(REQUEST, () => connections.get('default').jobs(), undefined, {
        nowMs: Date.now(),
        tickMs: 1_000,
      });
      await eventually(async () => {
        await watcher.tick([], { nowMs: Date.now(), tickMs: 1_000 });
        expect(await nudges(job)).toBe(1);
      });
    });
    lab.sandbox.faults.remove(fault.id);
    await connections.close();
  });

  it('comes again where everybody is to be nudged, and to those alone who were not reached', async () => {
    const jobs = [await shownJob(3_600), await shownJob(3_600)];
    await refused(1, async () => {
      const everybody = new NudgeAll(REQUEST);
      everybody.want(Number.NEGATIVE_INFINITY);
      everybody.ifDue(0);
      const counts = async (): Promise<number[]> => (await Promise.all(jobs.map(nudges))).sort();
      await eventually(async () => expect(await counts()).toEqual([0, 1]));
      await eventually(async () => {
        everybody.ifDue(TOLD_MS);
        expect(await counts()).toEqual([1, 1]);
      });
    });
  });
});
