import {
  ChildWorkflowFailure,
  continueAsNew,
  executeChild,
  isCancellation,
  ParentClosePolicy,
  workflowInfo,
} from '@temporalio/workflow';
import { runJob, stoppedByOther } from 'keboola-temporal/workflows';

export * from 'keboola-temporal/workflows';

export interface Configuration {
  component: string;
  config: string;
}

export interface FanOut {
  configurations: Configuration[];
  /** How many jobs are open at a time. */
  window: number;
}

export interface Outcome {
  succeeded: number;
  failed: { component: string; config: string; why: string }[];
}

/** Runs every configuration of a list. Whenever a job ends the next one starts; one that fails does not stop the others. */
export async function fanOut(
  { configurations, window }: FanOut,
  outcome: Outcome = { succeeded: 0, failed: [] },
): Promise<Outcome> {
  const open = new Set<Promise<void>>();
  let started = 0;
  try {
    for (const configuration of configurations) {
      if (workflowInfo().continueAsNewSuggested) break;
      started += 1;
      const running: Promise<void> = runOne(configuration, outcome).finally(() => open.delete(running));
      open.add(running);
      if (open.size >= window) await Promise.race(open);
    }
    await Promise.all(open);
  } finally {
    // Whatever has happened, no child is left behind: a cancelled one still stops its job.
    await Promise.allSettled(open);
  }
  const left = configurations.slice(started);
  // Only here, where no child is open: a workflow that goes on in a new run cancels those that are.
  if (left.length > 0) await continueAsNew<typeof fanOut>({ configurations: left, window }, outcome);
  return outcome;
}

async function runOne({ component, config }: Configuration, outcome: Outcome): Promise<void> {
  try {
    await executeChild(runJob, {
      workflowId: `${workflowInfo().workflowId}/${component}/${config}`,
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      args: [{ component, config, onWarning: 'fail' }],
    });
    outcome.succeeded += 1;
  } catch (error) {
    // The cancellation of this workflow is no failure of the job.
    if (isCancellation(error) && !stoppedByOther(error)) throw error;
    const why = error instanceof ChildWorkflowFailure ? (error.cause?.message ?? error.message) : String(error);
    outcome.failed.push({ component, config, why });
  }
}
