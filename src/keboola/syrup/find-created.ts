import { isOurs, type SearchRequest } from '../../job/create/creation.js';
import type { JobView } from '../../job/job-view.js';
import { isBelow } from '../../job/run-id.js';
import type { FoundJobs, JobList } from '../jobs/job-api.js';
import type { SyrupQuery } from './list-query.js';

const HITS_MAX = 20;
/** Directly below a run id that was sent once lies one job, two where something on the way has doubled the request. */
const PAGE = 100;
const LOOKED_AT_MAX = 1_000;

type List = (query: SyrupQuery) => Promise<JobList>;

/**
 * Looks for the jobs that a creation has made.
 *
 * The list is an index that lags, and that answers an empty list when it is ill; so an empty answer is trusted only if
 * some other job of the project shows at the same time, and nothing at all below the run id: whatever lies there has been
 * spawned by the job, even where that one is not shown. What does not lie there proves nothing, and spoils the answer.
 */
export async function findCreated(list: List, request: SearchRequest): Promise<FoundJobs> {
  const { hits, shown } = await lookDirectlyBelow(list, request);
  if (hits.length > 0) return { hits, trustworthy: true };
  const below = shown === 'nothing' ? whatIsShown(await anyBelow(list, request), request) : shown;
  if (below === 'jobs below') return { hits, trustworthy: false, proven: true };
  if (below === 'something else') return { hits, trustworthy: false };
  const { showsAny } = await list({ limit: 1 });
  return { hits, trustworthy: showsAny };
}

/** What an answer shows that was asked for what lies below a run id. An index that is ill may show jobs of others. */
type Shown = 'nothing' | 'jobs below' | 'something else';

function whatIsShown({ jobs, showsAny }: JobList, { runId }: SearchRequest): Shown {
  if (jobs.some((view) => isBelow(view.runId, runId))) return 'jobs below';
  return showsAny ? 'something else' : 'nothing';
}

function anyBelow(list: List, { runId }: SearchRequest): Promise<JobList> {
  return list({ belowRunId: runId, limit: 1 });
}

/** A full page is no empty answer: what was asked for may be on the next one. */
async function lookDirectlyBelow(list: List, request: SearchRequest): Promise<{ hits: JobView[]; shown: Shown }> {
  let shown: Shown = 'nothing';
  for (let offset = 0; offset < LOOKED_AT_MAX; offset += PAGE) {
    const page = await list({ directlyBelowRunId: request.runId, limit: PAGE, offset });
    const hits = page.jobs.filter((view) => isOurs(view, request)).slice(0, HITS_MAX);
    const here = whatIsShown(page, request);
    if (here === 'jobs below' || shown === 'nothing') shown = here;
    if (hits.length > 0 || page.isWhole) return { hits, shown };
  }
  return { hits: [], shown };
}
