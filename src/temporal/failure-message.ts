import type { Client } from '@temporalio/client';
import type { ProtoFailure } from '@temporalio/common';
import {
  decodeOptionalFailureToOptionalError,
  decodeOptionalSingle,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import { PayloadKeyError } from './encryption/payload-key-error.js';
import { lenient } from './look.js';

/** The message of a failure from Temporal, even if it is encrypted; if its key is not here, why it cannot be read. */
export async function failureMessage(client: Client, failure: ProtoFailure): Promise<string> {
  const closed = await whyClosed(client, failure);
  if (closed !== undefined) return closed;
  const { loadedDataConverter } = lenient(client).options;
  const error = await decodeOptionalFailureToOptionalError(loadedDataConverter, failure);
  return error?.message ?? '';
}

async function whyClosed({ workflow }: Client, { encodedAttributes }: ProtoFailure): Promise<string | undefined> {
  try {
    await decodeOptionalSingle(workflow.options.loadedDataConverter.payloadCodecs, encodedAttributes);
    return undefined;
  } catch (error) {
    return error instanceof PayloadKeyError ? error.message : undefined;
  }
}
