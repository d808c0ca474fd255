import { fenceOf } from '../../job/create/recognition.js';
import type { RunPlan } from '../../job/run-plan.js';

/** What an operator has to look for in Keboola: the job of the creation that has sent this run id. */
export function traceOf(plan: Pick<RunPlan, 'made'>, runId: string): string {
  return fenceOf(plan) === 'variable'
    ? `a job that shows the value "${runId}" of a variable`
    : `a job whose run id starts with "${runId}."`;
}
