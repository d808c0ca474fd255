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

/** Counts a stop that was not seen to be obeyed, also where the workflow goes on all the same. */
export function tellKillNotConfirmed(): void {
  tell((sink, nth) => sink.killNotConfirmed(nth));
}

/** What is kept of a workflow by the SDK, and whether somebody hears what it tells. */
interface Heard {
  hasMetricsSink?: true;
  /** How much of this run was told, also before it was replayed. */
  told?: number;
}

/**
 * Our interceptors come with a worker that has the sink. Any other one would log as an error, each time, that it does not know it;
 * so would one that only replays.
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
 * The clocks are two: one that is behind the other shows no end before it was. A job that had ended before it was attached to
 * was not noticed late.
 */
function lagOf({ snapshot: { job }, plan, statusesSeen: [first] }: LifeState): number | undefined {
  if (!job || finality(job.status, job.isFinished) !== 'final') return undefined;
  const endedMs = Date.parse(job.endTime ?? '');
  if (plan?.made.by === 'others' && first && endedMs < Date.parse(first.time)) return undefined;
  return Number.isNaN(endedMs) ? undefined : Math.max(0, (Date.now() - endedMs) / 1_000);
}
