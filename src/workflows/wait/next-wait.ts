import { joinRunId, knownRunId } from '../../job/run-id.js';
import { phaseAgeMs } from '../../job/wait/phase-clock.js';
import { nextDelayMs } from '../../job/wait/poll-schedule.js';
import { mayRely, stretchedDelayMs, type WaitFacts } from '../../job/watch/stretch.js';
import type { JobLife } from '../job-life.js';
import type { Clockwork } from './read-request.js';

/** How long to wait before the next read. */
export interface Wait {
  delayMs: number;
  /**
   * Present if the delay is longer than in the plain schedule, because a watcher will report the end; returns false
   * once that can no longer be relied on.
   */
  mayRely?: () => boolean;
}

/** Follows the plain schedule, unless a watcher will report the job's end. */
export function nextWait(life: JobLife, clockwork: Clockwork): Wait {
  const { plan, state } = life;
  const { clock, history } = state;
  const ageMs = phaseAgeMs(clock, life.time.now());
  const mayStretch = (): boolean => mayRely(waitFacts(life));
  const knowsChildren = clockwork.knowsChildren || plan.children !== 'observe';
  const told = { phase: clock.phase, ageMs, knowsChildren, random: Math.random };
  const stretchedMs = mayStretch() ? stretchedDelayMs(told) : undefined;
  if (stretchedMs !== undefined) return { delayMs: stretchedMs, mayRely: mayStretch };
  return { delayMs: nextDelayMs({ phase: clock.phase, ageMs, history, random: Math.random }) };
}

function waitFacts({ state, plan, job }: JobLife): WaitFacts {
  const { descendants, published, runIds, snapshot } = state;
  const [sentRunId] = runIds;
  // The answer to a creation may leave out the run id.
  const answered = knownRunId(snapshot.job?.runId ?? '');
  const runId = answered ?? (sentRunId === undefined ? undefined : joinRunId(sentRunId, job.jobId));
  return {
    watched: state.watched === true && plan.made.by !== 'storage',
    nudgedInVain: state.nudgedInVain === true,
    ...(runId !== undefined && { runId }),
    attached: plan.made.by === 'others',
    found: job.found === true,
    awaitsLateJobs: state.givenUp.length > 0,
    isShown: published.KeboolaJobId === job.jobId,
    hasChildren: plan.children === 'observe' && descendants.jobs > 0,
    budgets: state.budgets,
  };
}
