import { Client, defaultPayloadConverter, type WorkflowClientInterceptor } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeboolaClient } from '../../src/client.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { workerByHand } from '../support/worker-by-hand.js';

const ANSWER = { components: [] };
const { COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION } = temporal.api.enums.v1.CommandType;

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(async () => {
  await server.close();
});

/**
 * A client for whom something happens between the look that finds a question untouched and its end.
 *
 * @param then happens at the looks that follow.
 */
function late(
  happens: (taskQueue: string) => Promise<unknown>,
  then: () => Promise<unknown> = () => Promise.resolve(),
): KeboolaClient {
  const taskQueue = server.unique('late');
  let looks = 0;
  const interceptor: WorkflowClientInterceptor = {
    async describe(input, next) {
      const seen = await next(input);
      looks += 1;
      await (looks === 1 ? happens(taskQueue) : then());
      return seen;
    },
  };
  const { connection } = server.client;
  return new KeboolaClient({
    client: new Client({ connection, interceptors: { workflow: [interceptor] } }),
    taskQueue,
  });
}

/** Temporal does not answer a look, as while it is moved to another machine. */
function failing(): Promise<never> {
  return Promise.reject(new Error('14 UNAVAILABLE'));
}

async function answer(taskQueue: string): Promise<void> {
  const worker = workerByHand(server.client, taskQueue);
  const result = { payloads: [defaultPayloadConverter.toPayload(ANSWER)] };
  await worker.complete(await worker.takeUp(), [
    {
      commandType: COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
      completeWorkflowExecutionCommandAttributes: { result },
    },
  ]);
}

describe.concurrent('a question that was found untouched', () => {
  it('and is taken up before it is ended, is not told as one that nobody has seen', async () => {
    await expect(
      late((taskQueue) => workerByHand(server.client, taskQueue).takeUp()).components(),
    ).rejects.toMatchObject({
      name: 'JobFailedError',
      type: 'Terminated',
      message: expect.stringContaining('check there before you try again') as string,
    });
  });

  it('and is answered before it is ended, has its answer', async () => {
    expect(await late(answer).components()).toEqual(ANSWER);
  });

  it('and is answered after a look at it has failed, has its answer', async () => {
    let answered = Promise.resolve();
    // However slow the machine is, the next look comes after the answer.
    const client = late(
      (taskQueue) => {
        answered = answer(taskQueue);
        return failing();
      },
      () => answered,
    );
    expect(await client.components()).toEqual(ANSWER);
  });

  it('and nobody takes up, is told as that although the first look at it fails', async () => {
    await expect(late(() => failing()).components()).rejects.toMatchObject({ name: 'NoWorkerError' });
  });
});

it('a question whose tasks a worker fails again and again says so, with the reason, while it is waited for', async () => {
  const { client } = server;
  const taskQueue = server.unique('failing');
  const heard: string[] = [];
  const onObstacle = (words: string): number => heard.push(words);
  const asked = new KeboolaClient({ client, taskQueue, onObstacle }).components();
  const worker = workerByHand(client, taskQueue);
  await worker.fail(2, 'there is no such workflow');
  await eventually(() =>
    expect(heard).toEqual([
      expect.stringContaining('its tasks fail again and again (there is no such workflow)') as string,
    ]),
  );
  await answer(taskQueue);
  expect(await asked).toEqual(ANSWER);
});
