import { recognisedBy, type CreateOutcome, type RunRequest, type Unfenced } from '../../job/create/creation.js';
import { likenessOf } from '../../job/create/likeness.js';
import { placeOf } from '../../job/run-plan.js';
import { createJob, drawId, searchJob } from '../activities.js';
import type { JobLife } from '../job-life.js';
import { orNoAnswer } from '../or-no-answer.js';
import type { Creation } from './creation-attempt.js';
import { LaterId } from './later-id.js';

/** What is learned about an unfenced creation while it is sent, to tell its job from others. */
type Known = Pick<Unfenced, 'afterId' | 'drawnBy' | 'sentBy'>;

/**
 * How to create a job that is to carry no mark of ours. The job is known by the id that was drawn before it, and by
 * what was sent. It is taken for ours once no other job can be meant, and after it was claimed.
 */
export function unfencedCreation(life: JobLife, asked: RunRequest): Creation {
  const { plan, sentSinceMs } = life;
  const { runId, parentRunId, component, config } = asked;
  const claimant = { project: plan.project.id, by: runId };
  const request: RunRequest = { ...asked, unfenced: claimant };
  const likeness = likenessOf(asked);
  const below = parentRunId === undefined ? {} : { parentRunId };
  const of = config === undefined ? component : `${component}, configuration ${config}`;
  const later = new LaterId(life);
  let drawn: Known = {};
  let known: Known = {};
  return {
    runId,
    isUnfenced: true,
    trace: `a job of ${of} that was created after ${new Date(sentSinceMs).toISOString()}`,
    summary: 'Create the job, without a fence',
    prepare: async () => {
      const answer = await orNoAnswer(() => drawId(placeOf(plan)));
      if (answer.kind === 'no-answer') return answer;
      const { id: afterId, drawnBy } = answer;
      drawn = { ...(afterId !== undefined && { afterId }), ...(drawnBy !== undefined && { drawnBy }) };
      return undefined;
    },
    post: async (origin, summary) => {
      known = drawn;
      try {
        const outcome = await createJob.executeWithOptions({ summary }, [{ request, ...origin }]);
        known = learned(outcome, drawn);
        return outcome;
      } finally {
        later.sent();
      }
    },
    // Without the id drawn before the POST, any job of this configuration might be taken for ours.
    mayClaim: () => known.afterId !== undefined,
    comeFurther: () => later.draw(),
    search: (claim) =>
      searchJob({
        ...recognisedBy(request),
        sentSinceMs,
        ...later.known,
        unfenced: { ...claimant, likeness, ...below, ...known, ...(claim !== undefined && { claim }) },
      }),
  };
}

/** A run before a reset may have sent its POST before the id of this run was drawn. */
function learned(outcome: CreateOutcome, drawn: Known): Known {
  if (outcome.kind === 'search-first') return {};
  return { ...drawn, ...(outcome.kind === 'unknown' && outcome.sentBy !== undefined && { sentBy: outcome.sentBy }) };
}
