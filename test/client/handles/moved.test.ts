import { Client, Connection, defaultPayloadConverter, type WorkflowExecutionDescription } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { expect, it } from 'vitest';
import { movedOf } from '../../../src/client/handles/moved.js';

/** It decodes, and is never connected. */
const client = new Client({ connection: Connection.lazy() });

const [SCHEDULED, STARTED] = [1, 2];

function moving(
  told: unknown,
  beatSeconds: number,
  name = 'uploadFile',
  state = STARTED,
): WorkflowExecutionDescription {
  const activity = {
    activityType: { name },
    state,
    heartbeatDetails: { payloads: [defaultPayloadConverter.toPayload(told)] },
    lastStartedTime: msToTs(100_000),
    lastHeartbeatTime: msToTs(beatSeconds * 1_000),
  };
  return { raw: { pendingActivities: [activity] } } as unknown as WorkflowExecutionDescription;
}

it('a file on its way is told by the heartbeat of the present attempt, with its rate', async () => {
  const told = { bytes: { bytes: 5_000_000, bytesPerSecond: 1_000_000 } };
  expect(await movedOf(client, moving({ bytes: 5_000_000 }, 105))).toEqual(told);
  expect(await movedOf(client, moving({ bytes: 5_000_000 }, 105, 'downloadFile'))).toEqual(told);
});

it.each([
  ['of the attempt before', moving({ bytes: 5_000_000 }, 99)],
  ['of the attempt that has just failed', moving({ bytes: 5_000_000 }, 105, 'uploadFile', SCHEDULED)],
  ['that says nothing', moving(undefined, 105)],
  ['that says something else', moving({ bytes: 'many' }, 105)],
])('a heartbeat %s tells no bytes', async (_, description) => {
  expect(await movedOf(client, description)).toEqual({});
});

it('no other activity moves a file', async () => {
  expect(await movedOf(client, moving({ bytes: 1 }, 105, 'readJob'))).toBeUndefined();
});
