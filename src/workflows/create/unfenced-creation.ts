import { recognisedBy, type CreateOutcome, type RunRequest, type SearchRequest } from '../../job/create/creation.js';
import { likenessOf } from '../../job/create/likeness.js';
import { createJob, drawId, searchJob } from '../activities.js';
import type { JobLife } from '../job-life.js';
import { orNoAnswer } from '../steps.js';
import type { Creation } from './creation-attempt.js';

/** What is learned of an unfenced creation as it is sent, by which its job can be told from others. */
type Known = Pick<SearchRequest, 'sentUntilMs'> & { afterId?: string; sentBy?: string };

/**
 * How a job is created that is to carry nothing of ours. It is known by the id that was drawn before it, and by what was sent;
 * it is taken for ours once nobody else can be meant, and after it was claimed.
 */
export function unfencedCreation({ plan, time, sentSinceMs }: JobLife, asked: RunRequest): Creation {
  const { runId, connection, parentRunId, component, config } = asked;
  const claimant = { project: plan.project.id, by: runId };
  const request: RunRequest = { ...asked, unfenced: claimant };
  const likeness = likenessOf(asked);
  const below = parentRunId === undefined ? {} : { parentRunId };
  const of = config === undefined ? component : `${component}, configuration ${config}`;
  let known: Known = {};
  return {
    runId,
    trace: `a job of ${of} that began after ${new Date(sentSinceMs).toISOString()}`,
    summary: 'Create the job, with nothing of ours',
    post: async (origin, summary) => {
      const drawn = await orNoAnswer(() => drawId({ connection }));
      if (drawn.kind === 'no-answer') return { ...drawn, kind: 'not-sent' };
      try {
        const outcome = await createJob.executeWithOptions({ summary }, [{ request, ...origin }]);
        known = learned(outcome, drawn.id);
        return outcome;
      } catch (error) {
        known = drawn.id === undefined ? {} : { afterId: drawn.id };
        throw error;
      } finally {
        known.sentUntilMs = time.now();
      }
    },
    search: (claim) => {
      const { sentUntilMs, ...mark } = known;
      return searchJob({
        ...recognisedBy(request),
        ...(sentUntilMs !== undefined && { sentUntilMs }),
        sentSinceMs,
        unfenced: { ...claimant, likeness, ...below, ...mark, ...(claim && { claim }) },
      });
    },
  };
}

/** One that a run before a reset has sent may be older than the id that was drawn for this one. */
function learned(outcome: CreateOutcome, afterId: string | undefined): Known {
  if (outcome.kind === 'search-first') return {};
  return {
    ...(afterId !== undefined && { afterId }),
    ...(outcome.kind === 'unknown' && outcome.sentBy !== undefined && { sentBy: outcome.sentBy }),
  };
}
