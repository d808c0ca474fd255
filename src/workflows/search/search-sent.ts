import { searchRequestOf } from '../../job/create/recognition.js';
import type { SearchAnswer } from '../../job/remote-steps.js';
import { searchJob } from '../activities.js';
import type { JobLife } from '../job-life.js';
import { orNoAnswer } from '../or-no-answer.js';

/** Searches once for the jobs that the creation with this run id has made, by what only this creation has sent. */
export function searchSent({ plan, sentSinceMs }: JobLife, runId: string): Promise<SearchAnswer> {
  return orNoAnswer(() => searchJob({ ...searchRequestOf(plan, runId), sentSinceMs }));
}
