import type { Client } from '@temporalio/client';
import type { ProtoFailure } from '@temporalio/common';
import { decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { lenient } from './look.js';

/** What a failure says that Temporal tells of, also where its message is encrypted. */
export async function failureMessage(client: Client, failure: ProtoFailure): Promise<string> {
  const { loadedDataConverter } = lenient(client).options;
  const error = await decodeOptionalFailureToOptionalError(loadedDataConverter, failure);
  return error?.message ?? '';
}
