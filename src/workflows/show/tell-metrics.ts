import { ApplicationFailure, isCancellation, proxySinks, workflowInfo } from '@temporalio/workflow';
import { getActivator } from '@temporalio/workflow/lib/global-attributes.js';
import { isFailureType } from '../../job/failure/failure-types.js';
import type { LifeState } from '../../job/life-state.js';
import {
  METRICS_SINK,
  type CreationOutcome,
  type JobEndOutcome,
  type OurSinks,
  type ToldByWorkflows,
} from '../../job/metrics/told-by-workflows.js';
import { finality, isFinalStatus } from '../../job/wait/status.js';

/** Counts that the workflow of a job has closed. */
export function tellEnd(state: LifeState, failed?: unknown): void {
  const outcome = outcomeOf(state, failed);
  const lagSeconds = lagOf(state);
  const component = state.plan?.component;
  tell((sink) =>
    sink.jobEnded({ outcome, ...(component && { component }), ...(lagSeconds !== undefined && { lagSeconds }) }),
  );
}

export function tellCreation(outcome: CreationOutcome): void {
  tell((sink, nth) => sink.creation(outcome, nth));
}

/** Counts a stop that was not seen to take effect, even if the workflow goes on. */
export function tellKillNotConfirmed(): void {
  tell((sink, nth) => sink.killNotConfirmed(nth));
}

/** What we keep in the SDK's state of a workflow, including whether anybody listens to its metrics. */
interface Heard {
  hasMetricsSink?: true;
  /** How much this run has reported, including before a replay. */
  told?: number;
}

/**
 * Our interceptors come with a worker that has the sink. Any other worker, even one that only replays, would log an
 * error about an unknown sink each time.
 */
export function tellFromNowOn(activator: object): void {
  (activator as Heard).hasMetricsSink = true;
}

function tell(what: (sink: ToldByWorkflows, nth: number) => void): void {
  const heard = getActivator() as Heard;
  heard.told = (heard.told ?? 0) + 1;
  if (heard.hasMetricsSink && !workflowInfo().unsafe.isReplaying)
    what(proxySinks<OurSinks>()[METRICS_SINK], heard.told);
}

function outcomeOf({ snapshot }: LifeState, failed: unknown): JobEndOutcome {
  if (isCancellation(failed)) return 'Canceled';
  if (failed instanceof ApplicationFailure && isFailureType(failed.type)) return failed.type;
  const status = snapshot.job?.status ?? '';
  return failed === undefined && isFinalStatus(status) ? status : 'InternalError';
}

/**
 * Two clocks are compared: if ours is behind, the lag counts as 0. A job that had ended before we attached to it was
 * not noticed late.
 */
function lagOf({ snapshot: { job }, plan, statusesSeen: [first] }: LifeState): number | undefined {
  if (!job || finality(job.status, job.isFinished) !== 'final') return undefined;
  const endedMs = Date.parse(job.endTime ?? '');
  if (plan?.made.by === 'others' && first && endedMs < Date.parse(first.time)) return undefined;
  return Number.isNaN(endedMs) ? undefined : Math.max(0, (Date.now() - endedMs) / 1_000);
}
