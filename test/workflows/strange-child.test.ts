import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitForCreatedUpdate } from '../../src/job/messages.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, type JobLab } from '../support/job-lab.js';
import { causeOf, LONG, pipeline, task } from '../support/pipeline-lab.js';

let server: SharedDevServer;
let lab: JobLab;
let looks = 0;
let answer: () => void;

/** Looks are answered once a test says so. */
const held = new Promise<void>((resolve) => (answer = resolve));
const holding: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    execute: async (input, next) => {
      if (info.activityType === 'lookAtChildren') {
        looks += 1;
        await held;
      }
      return await next(input);
    },
  },
});

beforeAll(async () => {
  server = await connectToDevServer();
  lab = await openJobLab(server, { worker: { interceptors: { activity: [holding] } } });
});
afterAll(async () => {
  await lab.close();
  await server.close();
});

describe('a workflow of a stranger that has the id of a task', () => {
  it('is not cancelled with a pipeline that has not yet seen whose it is', async () => {
    const workflowId = server.unique('pipeline');
    const stranger = await lab.start(task('long', LONG).job, `${workflowId}/long`);
    await eventually(() => stranger.executeUpdate(waitForCreatedUpdate));
    const handle = await lab.start(pipeline([task('long', LONG)]), workflowId, 'runPipeline');
    await eventually(() => expect(looks).toBe(1));
    await handle.cancel();
    await eventually(async () => expect(JSON.stringify(await handle.fetchHistory())).toContain('CancelRequested'));
    answer();
    const cause = await causeOf(handle);
    expect(cause.name).toBe('CancelledFailure');
    const events = await lab.events(stranger.workflowId);
    expect(events.filter((event) => event.workflowExecutionCancelRequestedEventAttributes)).toEqual([]);
    await stranger.cancel();
    await causeOf(stranger);
  });
});
