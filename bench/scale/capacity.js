/** A day of a large project, as docs/capacity.md has it. */
const JOBS_PER_DAY = 1_000_000;
/** The busiest hour has so many times what an hour has on average. */
const PEAK = 3;
const MEAN_MINUTES = 10;
const RETENTION_DAYS = 7;
const SHARDS = 512;

const DAY_SECONDS = 86_400;

/**
 * What the figures of one job come to in a day of very many.
 *
 * @param life what one job costs from its start to its end that lasts longer than ten seconds.
 * @param memory what one that waits takes of a worker.
 * @returns {string[]} lines of Markdown, each with its arithmetic.
 */
export function capacityLines({ perJob, history }, { kilobytesPerJob }) {
  const perSecond = JOBS_PER_DAY / DAY_SECONDS;
  const peak = PEAK * perSecond;
  const writes = perJob.database.writes * peak;
  const inFlight = peak * MEAN_MINUTES * 60;
  const requests = perJob.requests.create + perJob.requests.read + perJob.lists.tree + perJob.requests.other;
  return [
    row('jobs started', `${JOBS_PER_DAY} / ${DAY_SECONDS} s, × ${PEAK} in the busiest hour`, `${one(peak)} per s`),
    row('events', `${one(history.events)} × ${one(peak)} per s`, `${whole(history.events * peak)} per s`),
    row('database writes', `${one(perJob.database.writes)} × ${one(peak)} per s`, `${whole(writes)} per s`),
    row(`writes of one of ${SHARDS} shards`, `${whole(writes)} / ${SHARDS}`, `${one(writes / SHARDS)} per s`),
    row(
      'visibility writes',
      `${one(perJob.database.visibilityWrites)} × ${one(peak)} per s`,
      `${whole(perJob.database.visibilityWrites * peak)} per s`,
    ),
    row(
      `histories kept for ${RETENTION_DAYS} days`,
      `${one(history.bytes / 1_000)} kB × ${JOBS_PER_DAY} × ${RETENTION_DAYS}`,
      `${whole((history.bytes * JOBS_PER_DAY * RETENTION_DAYS) / 1e9)} GB`,
    ),
    row(
      "requests to Keboola, without the watcher's lists",
      `${two(requests)} × ${one(peak)} per s`,
      `${whole(requests * peak)} per s`,
    ),
    row(
      'processors of workers',
      `${one(perJob.cpu.worker * 1_000)} ms × ${one(peak)} per s`,
      one(perJob.cpu.worker * peak),
    ),
    row(
      'processors of the server',
      `${one(perJob.cpu.server * 1_000)} ms × ${one(peak)} per s`,
      one(perJob.cpu.server * peak),
    ),
    row('jobs in flight', `${one(peak)} per s × ${MEAN_MINUTES} min`, String(whole(inFlight))),
    row(
      'memory of workers for them',
      `${whole(kilobytesPerJob)} kB × ${whole(inFlight)}`,
      `${one((kilobytesPerJob * inFlight) / 1e6)} GB`,
    ),
  ];
}

function row(what, arithmetic, result) {
  return `| ${what} | ${arithmetic} | ${result} |`;
}

function two(value) {
  return String(Math.round(value * 100) / 100);
}

function one(value) {
  return String(Math.round(value * 10) / 10);
}

function whole(value) {
  return Math.round(value);
}
