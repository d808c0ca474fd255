import type { LifeState } from '../../job/life-state.js';
import type { ReadRequest } from '../../job/remote-steps.js';
import type { DescendantsRequest } from '../../job/tree/descendants.js';
import { showsChildren } from '../../job/watch/stretch.js';
import { descendantsRequest } from '../tree/descendants-request.js';
import type { JobLife } from '../job-life.js';

/** A job that waits longer than this is asked what it waits for, and no more often. */
const EXPLAIN_AFTER_MS = 60_000;
const DESCENDANTS_READS_MIN = 4;
const DESCENDANTS_MS_MIN = 10_000;

/** When the things were last done that are not done with every look. */
export interface Clockwork {
  explainedMs: number;
  descendantsReadMs: number;
  readsSinceDescendants: number;
  /** Once it had run for a while it was asked whether there are jobs below it. */
  knowsChildren: boolean;
}

/** Empty unless it is to be looked now. */
type Look = Partial<Pick<DescendantsRequest, 'look' | 'fresh'>>;

export function newClockwork(nowMs: number): Clockwork {
  return {
    explainedMs: nowMs,
    descendantsReadMs: 0,
    readsSinceDescendants: 0,
    knowsChildren: false,
  };
}

/** What else is wanted rides in the same activity, so that it costs no events of its own. */
export function readRequest(life: JobLife, clockwork: Clockwork): ReadRequest {
  const { plan, state, ref } = life;
  if (plan.made.by === 'storage') return ref;
  const nowMs = life.time.now();
  const isFirst = state.snapshot.polls === 0 && plan.config !== undefined;
  const explains = state.clock.phase === 'waiting' && nowMs - clockwork.explainedMs >= EXPLAIN_AFTER_MS;
  if (explains) clockwork.explainedMs = nowMs;
  // Without a run id nothing can be seen to lie below it.
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

/** A job has no children before it runs, and the list is asked for seldom: it costs Keboola more than a look by id. */
function whenToReadDescendants(state: LifeState, clockwork: Clockwork, nowMs: number): Look {
  const runs = state.clock.phase === 'processing';
  if (runs) clockwork.readsSinceDescendants += 1;
  // Before a wait becomes long it is to be known, and the first read shows most jobs running for long enough.
  const { descendantsReadMs, knowsChildren } = clockwork;
  const isFirst = descendantsReadMs === 0;
  const mayBecomeLong = state.watched === true && state.plan?.made.by !== 'others' && !knowsChildren;
  const isWanted = mayBecomeLong && (isFirst || showsChildren(state.clock, nowMs));
  // What was told too early is told anew, whoever else of the tree was told it.
  const isAnew = isWanted && !isFirst && !showsChildren(state.clock, descendantsReadMs);
  const isEarly = !isAnew && nowMs - descendantsReadMs < DESCENDANTS_MS_MIN;
  const isDue = isWanted || (runs && clockwork.readsSinceDescendants >= DESCENDANTS_READS_MIN);
  if (isEarly || !isDue) return {};
  clockwork.readsSinceDescendants = 0;
  clockwork.descendantsReadMs = nowMs;
  return { look: 'now', ...(isAnew && { fresh: true }) };
}
