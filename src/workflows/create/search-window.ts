const MINUTE_MS = 60_000;

/** How often in a row the search may rest, and for how long in all; the index of a sound platform lags by seconds. */
export interface SearchWindow {
  /** Time of trustworthy searches without a hit after which the job counts as not there. */
  emptyMsMax: number;
  /** Time after which the search ends even though no answer could be trusted. */
  totalMsMax: number;
}

/** The platform may be at work on a POST for as long as this after we have given it up. */
export const CERTAIN_MS = 3 * MINUTE_MS;
/** In a quiet project the index may never be seen to pass the time of the creation. */
export const UNPROVED_MS = 30 * MINUTE_MS;
