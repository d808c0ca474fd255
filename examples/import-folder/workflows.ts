import {
  ApplicationFailure,
  CancelledFailure,
  CancellationScope,
  executeChild,
  ParentClosePolicy,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import { importTable } from 'keboola-temporal/workflows';
import type * as activities from './activities.js';

// The worker knows the workflows that this file exports: those of Keboola, and yours.
export * from 'keboola-temporal/workflows';

const { listFiles } = proxyActivities<typeof activities>({
  startToCloseTimeout: '1 minute',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
});

export interface Loaded {
  table: string;
  rows: number;
}

/** Loads each CSV file of the worker's folder into a table of its name. One that fails stops none of the others. */
export async function importFolder(bucket: string): Promise<Loaded[]> {
  const files = await listFiles();
  const ends = await Promise.allSettled(files.map((file) => load(bucket, file)));
  const failed = files.filter((_, at) => ends[at]?.status === 'rejected');
  // The children have heard of it, too; without this the night would have failed instead.
  if (failed.length > 0 && CancellationScope.current().consideredCancelled) {
    throw new CancelledFailure(`Canceled before ${failed.join(', ')} was loaded.`);
  }
  if (failed.length > 0) {
    throw ApplicationFailure.nonRetryable(
      `${failed.join(', ')} could not be loaded; see the children of this workflow.`,
    );
  }
  return ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
}

async function load(bucket: string, file: string): Promise<Loaded> {
  const table = `${bucket}.${file.replace(/\.csv(\.gz)?$/, '')}`;
  const { rows } = await executeChild(importTable, {
    workflowId: `${workflowInfo().workflowId}/${file}`,
    // Temporal's default would terminate it, and what it has uploaded would stay.
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    args: [{ table, source: { file } }],
  });
  return { table, rows };
}
