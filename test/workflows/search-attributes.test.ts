import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createActivities } from '../../src/activities/create-activities.js';
import { startDevServer, type DevServer } from '../../src/dev/dev-server.js';
import { SEARCH_ATTRIBUTES } from '../../src/job/search-attributes.js';
import { Connections } from '../../src/keboola/connections.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { searchAttributeFaults } from '../../src/temporal/search-attributes.js';
import { directly } from '../support/directly.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, scripted, settled } from '../support/job-lab.js';
import { required } from '../support/required.js';

const KEYWORDS = Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, 'Keyword' as const]));
/** Long waits go on in a new run after so few events. */
const NEW_RUN_AFTER = { 'limit.historyCount.suggestContinueAsNew': 60 };

interface Place {
  server: DevServer;
  client: Client;
  nativeConnection: NativeConnection;
  close(): Promise<void>;
}

async function open(searchAttributes: Parameters<typeof startDevServer>[0]['searchAttributes']): Promise<Place> {
  const { cli } = required(inject('devServer'));
  const server = await startDevServer({ cli, headless: true, searchAttributes, dynamicConfig: NEW_RUN_AFTER });
  const { address } = server;
  const connection = await Connection.connect({ address, ...directly });
  const nativeConnection = await NativeConnection.connect({ address });
  return {
    server,
    nativeConnection,
    client: new Client({ connection }),
    async close() {
      await Promise.all([connection.close(), nativeConnection.close()]);
      await server.stop();
    },
  };
}

/** Events of all runs of a workflow that tell of a task that has failed. One that a busy machine was late with is no such one. */
async function failedTasks({ client }: Place, workflowId: string): Promise<object[]> {
  return (await eventsOfRuns(client, workflowId)).filter(
    ({ workflowTaskFailedEventAttributes: failed }) =>
      // A message that came while the task was worked on: it is taken in first.
      failed && failed.failure?.message !== 'UnhandledCommand',
  );
}

/** From the latest run back to the first one, without a list of them, which would lag. */
async function eventsOfRuns(
  client: Client,
  workflowId: string,
  runId?: string,
): Promise<temporal.api.history.v1.IHistoryEvent[]> {
  const events = (await client.workflow.getHandle(workflowId, runId).fetchHistory()).events ?? [];
  const before = events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
  return [...(before ? await eventsOfRuns(client, workflowId, before) : []), ...events];
}

describe.concurrent('a job is not held up by search attributes', () => {
  it.each(['Bool', 'Int', 'Text'] as const)('whose status is registered as %s', async (type) => {
    const place = await open({ ...KEYWORDS, KeboolaStatus: type });
    const lab = await openJobLab(place);
    const handle = await lab.start(scripted({ durationSeconds: 1 }));
    expect(await settled(handle)).toMatchObject({ result: { status: 'success' } });
    expect(await failedTasks(place, handle.workflowId)).toEqual([]);
    await lab.close();
    await place.close();
  });
});

describe('a job that has shown itself in search attributes', () => {
  let place: Place;
  let sandbox: Sandbox;
  let worker: Worker;
  let running: Promise<void>;
  const taskQueue = 'attributes';

  beforeAll(async () => {
    place = await open({ ...KEYWORDS, Theirs: 'Int' });
    sandbox = await startSandbox();
    const connections = new Connections([{ name: 'default', url: sandbox.url, token: () => sandbox.token }]);
    // Asks the server anew each time, so that nobody has to wait until the worker's answer has grown old.
    const searchAttributesRegistered = async (): Promise<boolean> =>
      (await searchAttributeFaults(place.client)).length === 0;
    worker = await Worker.create({
      connection: place.nativeConnection,
      taskQueue,
      workflowBundle: { codePath: inject('workflowBundle') },
      activities: createActivities({ connections, searchAttributesRegistered }),
    });
    running = worker.run();
  });
  afterAll(async () => {
    worker.shutdown();
    await running;
    await sandbox.close();
    await place.close();
  });

  it('ends well, also in a new run, when they are removed meanwhile', async () => {
    const handle = await place.client.workflow.start('runJob', {
      workflowId: 'removed',
      taskQueue,
      args: [scripted({ durationSeconds: 3_600 })],
      typedSearchAttributes: [{ key: defineSearchAttributeKey('Theirs', SearchAttributeType.INT), value: 7 }],
    });
    await eventually(async () => expect((await handle.describe()).searchAttributes).toHaveProperty('KeboolaStatus'));
    const names = ['KeboolaStatus', 'KeboolaRunId'];
    const { operatorService } = place.client.connection;
    await operatorService.removeSearchAttributes({ namespace: 'default', searchAttributes: names });
    await eventually(async () => expect(await searchAttributeFaults(place.client)).not.toEqual([]));
    await goesOn('removed');
    // What the server still knows goes on, the author's own included.
    const { searchAttributes } = await place.client.workflow.getHandle('removed').describe();
    expect(searchAttributes).toMatchObject({ Theirs: [7], KeboolaProject: ['1134'] });
    expect(searchAttributes).not.toHaveProperty('KeboolaStatus');
    await place.client.workflow.getHandle('removed').cancel();
    await settled(handle);
    expect(await failedTasks(place, 'removed')).toEqual([]);
    expect((await sandbox.jobs()).map(({ status }) => status)).toEqual(['terminated']);
  });

  it('knows in a new run which schedule has started it', async () => {
    const { schedule, workflow } = place.client;
    const each = await schedule.create({
      scheduleId: 'nightly',
      spec: {},
      action: {
        type: 'startWorkflow',
        workflowType: 'runJob',
        workflowId: 'scheduled',
        taskQueue,
        args: [scripted({ durationSeconds: 3_600 })],
      },
    });
    await each.trigger();
    const workflowId = await eventually(async () => {
      const [{ action } = {}] = (await each.describe()).info.recentActions;
      return action?.workflow.workflowId ?? expect.fail('not started yet');
    });
    await goesOn(workflowId);
    const handle = workflow.getHandle(workflowId);
    expect((await handle.describe()).searchAttributes).toMatchObject({
      TemporalScheduledById: ['nightly'],
      TemporalScheduledStartTime: [expect.any(Date)],
    });
    await handle.cancel();
    await settled(handle);
    expect(await failedTasks(place, workflowId)).toEqual([]);
    await each.delete();
  });

  /** Looks fill the history until the wait goes on in a new run, which the server would refuse with what it has lost. */
  async function goesOn(workflowId: string): Promise<void> {
    const handle = place.client.workflow.getHandle(workflowId);
    const first = (await handle.describe()).runId;
    await eventually(async () => {
      await handle.signal('nudge');
      expect((await handle.describe()).runId).not.toBe(first);
    });
  }
});

describe('the memo of an author', () => {
  it('that leaves no room for ours does not get the workflow terminated when it is cancelled', async () => {
    const place = await open({});
    const lab = await openJobLab(place);
    const handle = await place.client.workflow.start('runJob', {
      workflowId: 'large-memo',
      taskQueue: lab.taskQueue,
      args: [scripted({ durationSeconds: 3_600, result: { text: 'x'.repeat(60_000) } })],
      memo: { theirs: 'y'.repeat(2 * 1024 * 1024 - 500) },
    });
    await handle.executeUpdate('waitForCreated');
    await handle.cancel();
    await settled(handle);
    expect((await handle.describe()).status.name).toBe('CANCELLED');
    await lab.close();
    await place.close();
  });
});
