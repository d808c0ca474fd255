/** Starts are spread, because a burst costs less per job the later it makes everybody. */
const START_GAP_MS_MAX = 100;
/** Of a long job, so that all are in flight together for a while. */
const START_SHARE = 0.75;

/** @returns how many jobs of which duration start, and how far apart. */
export function orderOf(jobs, seconds) {
  const gapMs = seconds < 1 ? START_GAP_MS_MAX : Math.min(START_GAP_MS_MAX, (START_SHARE * seconds * 1_000) / jobs);
  return { jobs, seconds, gapMs };
}
