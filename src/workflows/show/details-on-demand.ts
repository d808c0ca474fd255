import { getActivator } from '@temporalio/workflow/lib/global-attributes.js';

/**
 * Writes the current details of this workflow when somebody reads them (the Web UI), and not at each change. To describe
 * thousands of tasks at each of their starts and ends takes longer than Temporal waits for a workflow task, at the latest
 * when a worker replays a history; that task would fail for ever.
 */
export function detailsOnDemand(write: () => string): void {
  Object.defineProperty(getActivator(), 'currentDetails', { get: write, configurable: true, enumerable: true });
}
