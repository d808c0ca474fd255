/**
 * What has become of jobs whose worker was killed.
 *
 * @param run `accepted`: the keys of the jobs that were taken on. `written`: the jobs in Keboola, with their keys.
 *   `answers`: the ends that a caller was told. `open`: the keys whose callers still wait. `killedMs`: when. Instants in milliseconds
 *   since 1970.
 * @returns counts. `doubled`: jobs beyond the one of a key. `lost`: keys without a job that nobody is at work on. `untold`: jobs, doubled ones among
 *   them, whose end nobody was told. `open`: keys whose callers still wait, not taken for lost. `lastToldMs`: from the kill to the last answer; missing where none was given.
 */
export function aftermathOf({ accepted, written, answers, open, killedMs }) {
  const keys = new Set(written.map(({ key }) => key));
  const told = new Set(answers.map(({ jobId }) => jobId));
  return {
    accepted: accepted.length,
    created: written.length,
    doubled: written.length - keys.size,
    lost: accepted.filter((key) => !keys.has(key) && !open.includes(key)).length,
    open: open.length,
    untold: written.filter(({ jobId }) => !told.has(jobId)).length,
    ...(answers.length > 0 && { lastToldMs: Math.max(...answers.map((one) => one.answeredMs)) - killedMs }),
  };
}
