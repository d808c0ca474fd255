import type { WorkerOptions } from '@temporalio/worker';
import type { WorkerOptionsWithDefaults } from '@temporalio/worker/lib/worker-options.js';

/** The SDK accepts this option, with a default of five seconds, but does not list it among a worker's options. */
type IsolateOptions = Partial<Pick<WorkerOptionsWithDefaults, 'isolateExecutionTimeout'>>;

/** Longer than machines are paused, and short enough for an author's workflow that never yields. */
const ISOLATE_EXECUTION_TIMEOUT = '2m';

/**
 * How long a workflow may compute without a pause before the worker cuts it off; an author's own value stays.
 *
 * This is wall-clock time: after a pause of the machine, the SDK's five seconds cut off what had begun before it. If
 * that was within a promise, Node.js ends the process: "async hook stack has become corrupted"
 * (temporalio/sdk-typescript#1832).
 */
export function isolateTimeoutOf({
  isolateExecutionTimeout = ISOLATE_EXECUTION_TIMEOUT,
}: WorkerOptions & IsolateOptions): Required<IsolateOptions> {
  return { isolateExecutionTimeout };
}
