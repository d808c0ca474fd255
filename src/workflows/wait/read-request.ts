import type { LifeState } from '../../job/life-state.js';
import type { ReadRequest } from '../../job/remote-steps.js';
import type { DescendantsRequest } from '../../job/tree/descendants.js';
import { showsChildren } from '../../job/watch/stretch.js';
import { descendantsRequest } from '../tree/descendants-request.js';
import type { JobLife } from '../job-life.js';

/** A job that has waited this long is asked what it waits for, and no more often than this. */
const EXPLAIN_AFTER_MS = 60_000;
const DESCENDANTS_READS_MIN = 4;
const DESCENDANTS_MS_MIN = 10_000;

/** When the steps that not every look takes were last taken. */
export interface Clockwork {
  explainedMs: number;
  descendantsReadMs: number;
  readsSinceDescendants: number;
  /** The jobs below were asked for after the job had run for a while, and the answer came. */
  knowsChildren: boolean;
}

/** Empty unless this look is to include the jobs below. */
type Look = Partial<Pick<DescendantsRequest, 'look' | 'fresh'>>;

export function newClockwork(nowMs: number): Clockwork {
  return {
    explainedMs: nowMs,
    descendantsReadMs: 0,
    readsSinceDescendants: 0,
    knowsChildren: false,
  };
}

/** Everything else that is wanted is read in the same activity, so that it costs no events of its own. */
export function readRequest(life: JobLife, clockwork: Clockwork): ReadRequest {
  const { plan, state, ref } = life;
  if (plan.made.by === 'storage') return ref;
  const nowMs = life.time.now();
  const isFirst = state.snapshot.polls === 0 && plan.config !== undefined;
  const explains = state.clock.phase === 'waiting' && nowMs - clockwork.explainedMs >= EXPLAIN_AFTER_MS;
  if (explains) clockwork.explainedMs = nowMs;
  // Without a run id nothing can be seen to lie below the job.
  const observes = plan.children === 'observe' && state.runIds.length > 0;
  return {
    ...ref,
    ...(isFirst && { historyOf: { component: plan.component, config: plan.config } }),
    ...(explains && { explainWait: true }),
    ...(observes && {
      descendants: { ...descendantsRequest(state, 'at-the-end'), ...whenToReadDescendants(state, clockwork, nowMs) },
    }),
  };
}

/** A job has no children before it runs, and the list is read seldom: it costs Keboola more than a look by id. */
function whenToReadDescendants(state: LifeState, clockwork: Clockwork, nowMs: number): Look {
  const runs = state.clock.phase === 'processing';
  if (runs) clockwork.readsSinceDescendants += 1;
  // Children must be known before a wait becomes long, and at the first read most jobs have run for long enough.
  const { descendantsReadMs, knowsChildren } = clockwork;
  const isFirst = descendantsReadMs === 0;
  const mayBecomeLong = state.watched === true && state.plan?.made.by !== 'others' && !knowsChildren;
  const isWanted = mayBecomeLong && (isFirst || showsChildren(state.clock, nowMs));
  // An answer that came too early is fetched anew, whichever workflow of the tree got it.
  const isAnew = isWanted && !isFirst && !showsChildren(state.clock, descendantsReadMs);
  const isEarly = !isAnew && nowMs - descendantsReadMs < DESCENDANTS_MS_MIN;
  const isDue = isWanted || (runs && clockwork.readsSinceDescendants >= DESCENDANTS_READS_MIN);
  if (isEarly || !isDue) return {};
  clockwork.readsSinceDescendants = 0;
  clockwork.descendantsReadMs = nowMs;
  return { look: 'now', ...(isAnew && { fresh: true }) };
}
