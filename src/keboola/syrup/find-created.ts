import { isOurs, type SearchRequest } from '../../job/create/creation.js';
import type { JobView } from '../../job/job-view.js';
import { isBelow } from '../../job/run-id.js';
import type { FoundJobs, JobList } from '../jobs/job-api.js';
import type { SyrupQuery } from './list-query.js';

const HITS_MAX = 20;
/** Directly below a RunId that was sent once, there is one job, or two if something on the way doubled the request. */
const PAGE = 100;
const LOOKED_AT_MAX = 1_000;

type List = (query: SyrupQuery) => Promise<JobList>;

/**
 * Looks for the jobs of a creation.
 *
 * The list is an index that lags, and that returns an empty list when it is broken. So an empty answer is trusted only
 * if some other job of the project shows at the same time, and nothing at all shows below the RunId: any job there was
 * spawned by ours, even if ours is not shown. An answer with jobs that are not below the RunId is not trusted either.
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

/** What a list of the jobs below a RunId shows. A broken index may show jobs of others. */
type Shown = 'nothing' | 'jobs below' | 'something else';

function whatIsShown({ jobs, showsAny }: JobList, { runId }: SearchRequest): Shown {
  if (jobs.some((view) => isBelow(view.runId, runId))) return 'jobs below';
  return showsAny ? 'something else' : 'nothing';
}

function anyBelow(list: List, { runId }: SearchRequest): Promise<JobList> {
  return list({ belowRunId: runId, limit: 1 });
}

/** Reads on after a full page without a hit, since the job may be on the next page. */
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
