import { Client, Connection } from '@temporalio/client';
import { DefaultFailureConverter, type DataConverter, type ProtoFailure } from '@temporalio/common';
import { encodeErrorToFailure } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { afterAll, expect, it } from 'vitest';
import { failureMessage } from '../../src/temporal/failure-message.js';
import { encrypting, keysText } from '../support/payload-keys.js';

// Nothing is asked of it.
const connection = Connection.lazy();
afterAll(() => connection.close());

const clientWith = (dataConverter: DataConverter): Client => new Client({ connection, dataConverter });

async function encrypted(): Promise<ProtoFailure> {
  const { loadedDataConverter } = clientWith(encrypting(keysText('2026', ['2026']))).workflow.options;
  const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
  return await encodeErrorToFailure({ ...loadedDataConverter, failureConverter }, new Error('No such table'));
}

it('the message of a failure is read with its key', async () => {
  const client = clientWith(encrypting(keysText('2026', ['2026'])));
  expect(await failureMessage(client, await encrypted())).toBe('No such table');
});

it('names the key where it is not here', async () => {
  const client = clientWith(encrypting(keysText('2024', ['2024'])));
  expect(await failureMessage(client, await encrypted())).toMatch(
    /encrypted with the key "2026", but this process has other keys: 2024/,
  );
});
