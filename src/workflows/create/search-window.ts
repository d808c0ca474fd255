const MINUTE_MS = 60_000;

/** How long a search goes on: until the job counts as absent, and at the latest. The index of a sound platform lags by seconds. */
export interface SearchWindow {
  /** Time of trustworthy searches without a hit after which the job counts as not there. */
  emptyMsMax: number;
  /** Time after which the search ends even though no answer could be trusted. */
  totalMsMax: number;
}

/** The platform may write a job long after its answer was lost, and its index may be ill for a while. */
export const AFTER_LOST_ANSWER: SearchWindow = { emptyMsMax: 30 * MINUTE_MS, totalMsMax: 120 * MINUTE_MS };
/** Where a second job is allowed in the end, it may come sooner: the search for the first one goes on beside it. */
export const BEFORE_RECREATION: SearchWindow = { emptyMsMax: 5 * MINUTE_MS, totalMsMax: 120 * MINUTE_MS };
/** After a reset it is likely that nothing was sent; the search makes sure of it. */
export const AFTER_RESET: SearchWindow = { emptyMsMax: 5 * MINUTE_MS, totalMsMax: 120 * MINUTE_MS };
/** Where a job cannot be stopped anyway, the search only serves to name it. */
export const BEFORE_LEAVING: SearchWindow = { emptyMsMax: MINUTE_MS, totalMsMax: 5 * MINUTE_MS };

/** The platform may be at work on a POST for as long as this after we have given it up. */
export const CERTAIN_MS = 3 * MINUTE_MS;
/** In a quiet project the index may never be seen to pass the time of the creation. */
export const UNPROVED_MS = 30 * MINUTE_MS;
