import { Client, Connection, type WorkflowExecutionDescription } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { expect, it } from 'vitest';
import { obstacleOf } from '../../../src/client/handles/obstacle.js';

const { ApplicationErrorCategory } = temporal.api.enums.v1;

/** It decodes, and is never connected. */
const client = new Client({ connection: Connection.lazy() });

function descriptionWith(category?: temporal.api.enums.v1.ApplicationErrorCategory): WorkflowExecutionDescription {
  const lastFailure = { message: 'there is no table in.c-shop.x', applicationFailureInfo: { category } };
  return { raw: { pendingActivities: [{ attempt: 2, lastFailure }] } } as WorkflowExecutionDescription;
}

it('a step that fails and is tried again is told of, but not what is looked for a second time before it counts', async () => {
  expect(await obstacleOf(client, descriptionWith())).toBe('failed, retrying: there is no table in.c-shop.x');
  expect(
    await obstacleOf(client, descriptionWith(ApplicationErrorCategory.APPLICATION_ERROR_CATEGORY_BENIGN)),
  ).toBeUndefined();
});
