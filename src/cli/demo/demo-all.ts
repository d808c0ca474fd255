import { fileURLToPath } from 'node:url';
import { JobFailedError } from '../../client/errors.js';
import { readPipeline } from '../pipeline/read-pipeline.js';
import { UsageError } from '../exit/usage-error.js';
import type { DemoPipeline } from './demo-pipeline.js';
import { endRow, type DemoRow } from './demo-row.js';
import type { Stage } from './play.js';
import { stopwatch } from './stopwatch.js';

/** The row of the synchronous action in the table. */
export const ACTION_TITLE = 'a synchronous action';
/** The row of the cookbook's pipeline. */
export const COOKBOOK_TITLE = 'from a CSV to GoodData';

const FILE = fileURLToPath(new URL('../../../examples/cookbook/orders.yaml', import.meta.url));
const SUCCESS = 'success';

/** The pipeline of `docs/cookbook.md`; the package contains it. @throws UsageError if its file is damaged. */
export function cookbookPipeline(): DemoPipeline {
  const file = readPipeline(FILE, (value) => value);
  if (!file.ok) throw new UsageError(`${FILE}: ${file.problems[0]?.message ?? 'is not a pipeline'}`);
  return { title: COOKBOOK_TITLE, input: file.pipeline, expected: SUCCESS };
}

/** Plays the action to its end. */
export async function playAction(row: DemoRow, { keboola, connection, changed }: Stage): Promise<void> {
  const tookMs = stopwatch();
  const call = keboola.callAction({ connection, component: 'keboola.ex-db-mysql', action: 'testConnection' });
  const told = await call.then(() => SUCCESS, failureType);
  endRow(row, { told }, SUCCESS, tookMs());
  changed();
}

function failureType(error: unknown): string {
  if (error instanceof JobFailedError) return error.type;
  throw error;
}
