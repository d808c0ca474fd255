import type { ChildEnding } from '../remote-steps.js';
import { MAY_RUN_AFTER } from './result.js';

/** Whether something may still run in Keboola after a task's workflow has ended like this. */
export function mayRunAfter(ending: ChildEnding): boolean {
  if (ending.kind === 'terminated' || ending.kind === 'timed-out') return true;
  if (ending.kind === 'canceled') return ending.mayRun === true;
  const told: readonly (string | undefined)[] = MAY_RUN_AFTER;
  return ending.kind === 'failed' && told.includes(ending.type);
}

/** For people, the sentence that it may. */
export function mayRunText(workflowId: string): string {
  return `workflow ${workflowId} may have left something running in Keboola`;
}
