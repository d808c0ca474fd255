import { Client, defaultPayloadConverter, type WorkflowClientInterceptor } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeboolaClient } from '../../src/client.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';

const POLL_MS = 60_000;
const ANSWER = { components: [] };
const { COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION } = temporal.api.enums.v1.CommandType;

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(async () => {
  await server.close();
});

/** A client for whom something happens between the look that finds a question untouched and its end. */
function late(happens: (taskQueue: string) => Promise<unknown>): KeboolaClient {
  const taskQueue = server.unique('late');
  let looks = 0;
  const interceptor: WorkflowClientInterceptor = {
    async describe(input, next) {
      const seen = await next(input);
      if ((looks += 1) === 1) await happens(taskQueue);
      return seen;
    },
  };
  const { connection } = server.client;
  return new KeboolaClient({
    client: new Client({ connection, interceptors: { workflow: [interceptor] } }),
    taskQueue,
  });
}

const ours = { namespace: 'default', identity: 'late' };

/** As a worker does first. */
async function takeUp(taskQueue: string): Promise<Uint8Array> {
  const { client } = server;
  const request = { ...ours, taskQueue: { name: taskQueue } };
  const poll = (): ReturnType<typeof client.workflowService.pollWorkflowTaskQueue> =>
    client.workflowService.pollWorkflowTaskQueue(request);
  // The server takes no poll without a time limit.
  return (await client.withDeadline(Date.now() + POLL_MS, poll)).taskToken;
}

async function answer(taskQueue: string): Promise<void> {
  const taskToken = await takeUp(taskQueue);
  const result = { payloads: [defaultPayloadConverter.toPayload(ANSWER)] };
  await server.client.workflowService.respondWorkflowTaskCompleted({
    ...ours,
    taskToken,
    commands: [
      {
        commandType: COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
        completeWorkflowExecutionCommandAttributes: { result },
      },
    ],
  });
}

describe.concurrent('a question that was found untouched', () => {
  it('and is taken up before it is ended, is not told as one that nobody has seen', async () => {
    await expect(late(takeUp).components()).rejects.toMatchObject({
      name: 'JobFailedError',
      type: 'Terminated',
      message: expect.stringContaining('look there before you ask again') as string,
    });
  });

  it('and is answered before it is ended, has its answer', async () => {
    expect(await late(answer).components()).toEqual(ANSWER);
  });
});
