import { InvalidArgumentError, type Command } from 'commander';
import type { JobFilter } from '../../client/job-filter.js';
import { hasNoSuchDay } from '../../job/text/calendar.js';
import { durationMs } from '../../job/text/duration.js';
import { didYouMean, nearestId } from '../../input/nearest-id.js';
import { JOB_STATUSES, type JobStatus } from '../../job/wait/status.js';

/** The options that choose jobs. */
export type JobFilterOptions = Omit<JobFilter, 'running'>;

export function withJobFilter(command: Command): Command {
  return command
    .option('--pipelines', 'pipelines instead of jobs')
    .option('--component <id>', 'only jobs of this component')
    .option('--config <id>', 'only jobs of this configuration')
    .option('--status <status>', `only jobs in this status of Keboola's: ${JOB_STATUSES.join(', ')}`, jobStatus)
    .option('--since <time>', 'only those started since then: "2h", "1d", or a time such as 2026-01-31T08:00Z', instant)
    .option('--query <filter>', 'a Temporal list filter, for example \'KeboolaStatus = "error"\'');
}

/** Other words that people use for Keboola's statuses. */
const SYNONYMS: ReadonlyMap<string, JobStatus> = new Map([
  ['queued', 'waiting'],
  ['pending', 'waiting'],
  ['running', 'processing'],
  ['canceled', 'cancelled'],
  ['succeeded', 'success'],
  ['completed', 'success'],
  ['failed', 'error'],
  ['killed', 'terminated'],
  ['stopped', 'terminated'],
]);

function jobStatus(text: string): JobStatus {
  const word = text.toLowerCase();
  const known = JOB_STATUSES.find((status) => status === word) ?? SYNONYMS.get(word);
  if (known !== undefined) return known;
  const near = nearestId(word, [...JOB_STATUSES, ...SYNONYMS.keys()]) ?? '';
  const meant = SYNONYMS.get(near) ?? (near === '' ? undefined : near);
  throw new InvalidArgumentError(`Allowed choices are ${JOB_STATUSES.join(', ')}.${didYouMean(meant)}`);
}

/** Whether an option was given that leaves some jobs out. */
export function isFiltered({ component, config, status, since, query }: JobFilterOptions): boolean {
  return [component, config, status, since, query].some((one) => one !== undefined);
}

/** ISO 8601 only. What `Date` makes of other texts is guesswork: "5" is a day in 2001. */
const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/** In nothing that is to come has a job been started: the year or the zone is wrong. */
function past(time: Date): Date {
  if (time.getTime() <= Date.now()) return time;
  throw new InvalidArgumentError(`${time.toISOString()} is yet to come.`);
}

/** A point in time, or how long ago it was. */
function instant(text: string): Date {
  const agoMs = durationMs(text);
  if (agoMs !== undefined) return new Date(Date.now() - agoMs);
  const time = new Date(text);
  if (TIME.test(text) && !Number.isNaN(time.getTime()) && !hasNoSuchDay(text)) return past(time);
  throw new InvalidArgumentError('Expected a duration such as "2h" or "1d", or a time such as 2026-01-31T08:00Z.');
}
