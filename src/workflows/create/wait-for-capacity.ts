import type { CapacityRequest } from '../../job/remote-steps.js';
import type { CapacityAnswer } from '../../job/create/creation.js';
import type { JobLife } from '../job-life.js';
import { reserveOnce } from '../steps.js';
import { waitOut } from '../wait/backoff.js';
import { waitBeforeCreating } from '../wait/wait-until-due.js';

const DELAY_MS_MIN = 2_000;
const DELAY_MS_MAX = 60_000;
const WAITS = 'Wait for room in the project';

/**
 * Waits until the project may run one more job. It may be full for days; that is no fault, and nothing is given up for it.
 *
 * @throws ApplicationFailure `TokenRefused`, `KeboolaUnreachable` when there was no answer for too long; `JobTimedOut`.
 */
export async function waitForCapacity(life: JobLife, request: CapacityRequest): Promise<void> {
  // Unbounded while the project is full, bounded in time by `backoff` while nobody answers.
  for (;;) {
    const answer = await reserveOnce(life, request);
    if (answer.kind === 'reserved') return;
    if (answer.kind === 'no-answer') await waitOut(life, answer, WAITS);
    else await waitBeforeCreating(life, delayWhileFull(life, answer), WAITS);
  }
}

function delayWhileFull(life: JobLife, answer: Extract<CapacityAnswer, { kind: 'full' }>): number {
  // Keboola answers. That there is room may be remembered, and shows nothing of the kind.
  delete life.state.outage;
  const ageMs = life.time.now() - life.state.budgets.queuedSinceMs;
  const step = Math.min(DELAY_MS_MAX, Math.max(DELAY_MS_MIN, 0.1 * ageMs));
  const delayMs = Math.round(step * (1 + 0.25 * Math.random()));
  const why = `The project is full: ${answer.running} of ${answer.limit} jobs run`;
  life.note(`${why}. Asking again in ${Math.round(delayMs / 1_000)} s`);
  return delayMs;
}
