const MINUTE_MS = 60_000;

/** How long to search for a job. The index of a healthy Keboola lags by seconds. */
export interface SearchWindow {
  /** How long trustworthy searches must show nothing before the job counts as absent. */
  emptyMsMax: number;
  /** The same where nothing proves that the index has passed the time of the creation; by default half an hour. */
  unprovedMsMax?: number;
  /** The same where it is proven; by default three minutes, after which the same POST may be sent again. */
  certainMsMax?: number;
  /** Time after which the search ends even though no answer could be trusted. */
  totalMsMax: number;
}

/** Keboola may write a job long after its answer was lost, and its index may be unhealthy for a while. */
export const AFTER_LOST_ANSWER: SearchWindow = { emptyMsMax: 30 * MINUTE_MS, totalMsMax: 120 * MINUTE_MS };
/** If the author allows a second job, it may come sooner: the search for the first one goes on beside it. */
export const BEFORE_RECREATION: SearchWindow = { emptyMsMax: 5 * MINUTE_MS, totalMsMax: 120 * MINUTE_MS };
/** After a reset, most likely nothing was sent; the search makes sure of it. */
export const AFTER_RESET: SearchWindow = { emptyMsMax: 5 * MINUTE_MS, totalMsMax: 120 * MINUTE_MS };
/** The same, if the workflow is about to close: a stop is confirmed or given up within 15 minutes, proof or not. */
export const BEFORE_CLOSING: SearchWindow = {
  emptyMsMax: 5 * MINUTE_MS,
  unprovedMsMax: 5 * MINUTE_MS,
  totalMsMax: 15 * MINUTE_MS,
};
/** Beside another search. An index lags by seconds, and what it shows later is looked for later. */
export const ONE_MINUTE = { emptyMsMax: MINUTE_MS, unprovedMsMax: MINUTE_MS, certainMsMax: MINUTE_MS };
/** If the job cannot be stopped anyway, the search only serves to name it. */
export const BEFORE_LEAVING: SearchWindow = { emptyMsMax: MINUTE_MS, totalMsMax: 5 * MINUTE_MS };

/** Keboola may be at work on a POST for this long after we have given it up. */
export const CERTAIN_MS = 3 * MINUTE_MS;
/** For a quiet project, where nothing may ever show that the index has passed the time of the creation. */
export const UNPROVED_MS = 30 * MINUTE_MS;
