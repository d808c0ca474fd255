import type { WorkerOptions } from '@temporalio/worker';
import type { WorkerOptionsWithDefaults } from '@temporalio/worker/lib/worker-options.js';

/** The SDK takes it, with a default of five seconds, and does not have it among the options of a worker. */
type IsolateOptions = Partial<Pick<WorkerOptionsWithDefaults, 'isolateExecutionTimeout'>>;

/** Longer than machines are paused, and short enough for a workflow of somebody's that never comes to rest. */
const ISOLATE_EXECUTION_TIMEOUT = '2m';

/**
 * How long a workflow may compute without a pause before the worker cuts it off; an author's own value stays.
 *
 * The time is that of a clock on the wall: after a pause of the machine the SDK's five seconds cut off what had begun before it. Where
 * that was within a promise, Node.js ends the process: "async hook stack has become corrupted" (temporalio/sdk-typescript#1832).
 */
export function isolateTimeoutOf({
  isolateExecutionTimeout = ISOLATE_EXECUTION_TIMEOUT,
}: WorkerOptions & IsolateOptions): Required<IsolateOptions> {
  return { isolateExecutionTimeout };
}
