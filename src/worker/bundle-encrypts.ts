import { readFileSync } from 'node:fs';
import type { WorkerOptions } from '@temporalio/worker';
import { isOurFailureConverter } from '../temporal/encryption/encrypted-data-converter.js';

/** A line of `src/temporal/encryption/failure-converter.ts`; no bundle without that file has it. */
const SIGN = 'encodeCommonAttributes: true';

/**
 * A bundle that was built ahead has the failure converter that it was built with, and the SDK does not compare: failure
 * messages of workflows would go out in plain text although everything else is encrypted.
 *
 * @throws TypeError with what to do.
 */
export function assertBundleEncrypts({ dataConverter, workflowBundle }: WorkerOptions): void {
  const path = dataConverter?.failureConverterPath;
  if (path === undefined || !isOurFailureConverter(path) || !workflowBundle) return;
  const code = 'code' in workflowBundle ? workflowBundle.code : readFileSync(workflowBundle.codePath, 'utf8');
  if (code.includes(SIGN)) return;
  throw new TypeError(
    'The bundle of workflows was built without the failure converter that encrypts. ' +
      'Build it with bundleWorkflowCode({ failureConverterPath: failureConverterPath(), … }).',
  );
}
