import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';

/** Writes what the server does not know, as a workflow does whose attribute was removed a moment ago. */
export async function writesUnknownAttribute(): Promise<void> {
  const key = defineSearchAttributeKey('NobodyKnowsThis', SearchAttributeType.KEYWORD);
  upsertSearchAttributes([{ key, value: 'x' }]);
  await Promise.resolve();
}
