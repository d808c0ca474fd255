/**
 * The statuses of a Keboola job and the one question that matters about them: is this the end?
 *
 * Sources: Keboola's public page on background jobs (the nine statuses) and keboola/syrup `Job/Metadata/Job.php` (which
 * of them `isFinished` covers). `canceled` with one l occurs in lists of older clients.
 */
export const UNFINISHED_STATUSES = ['created', 'waiting', 'processing', 'terminating'] as const;
export const FINAL_STATUSES = ['success', 'error', 'warning', 'terminated', 'cancelled'] as const;

export const JOB_STATUSES = [...UNFINISHED_STATUSES, ...FINAL_STATUSES] as const;

export type JobStatus = (typeof JOB_STATUSES)[number];

export type FinalStatus = (typeof FINAL_STATUSES)[number];

/** What one read says about the end of a job; `doubtful` asks for a second read before anyone believes it. */
export type Finality = 'unfinished' | 'final' | 'doubtful';

const UNTIL_AGREED = 'the workflow keeps reading it until the two agree';

/** One spelling per status; statuses that we do not know pass through untouched. */
export function normalizeStatus(status: string): string {
  return status === 'canceled' ? 'cancelled' : status;
}

export function isFinalStatus(status: string): status is FinalStatus {
  return (FINAL_STATUSES as readonly string[]).includes(status);
}

/** Whether a job has ended because somebody stopped it. */
export function isStoppedStatus(status: string): boolean {
  return status === 'terminated' || status === 'cancelled';
}

/** For people, what is contradictory or unknown in a read. The workflow goes on reading the job. */
export function oddity(status: string, isFinished: boolean | undefined): string | undefined {
  const known = normalizeStatus(status);
  const isUnfinished = (UNFINISHED_STATUSES as readonly string[]).includes(known);
  if (isFinalStatus(known) && isFinished === false) {
    return `Keboola reports status "${known}" but also that the job has not finished; ${UNTIL_AGREED}`;
  }
  if (isUnfinished && isFinished === true) {
    return `Keboola reports status "${known}" but also that the job has finished; ${UNTIL_AGREED}`;
  }
  if (isUnfinished || isFinalStatus(known) || isFinished === true) return undefined;
  return (
    `Keboola reports the status "${known}", which this version does not know; ` +
    'the workflow keeps reading it until it changes'
  );
}

/**
 * A closed list of final statuses goes stale, and then a job is polled for ever; `isFinished` alone was wrong for
 * `created`. So each is believed only if the other does not contradict it.
 */
export function finality(status: string, isFinished: boolean | undefined): Finality {
  const known = normalizeStatus(status);
  if ((UNFINISHED_STATUSES as readonly string[]).includes(known)) return 'unfinished';
  if (isFinalStatus(known)) return isFinished === false ? 'unfinished' : 'final';
  return isFinished === true ? 'doubtful' : 'unfinished';
}

/** Whether one read says that a job is over. If something depends on it, a `doubtful` end is read once more. */
export function mayBeOver({ status, isFinished }: { status: string; isFinished?: boolean | undefined }): boolean {
  return finality(status, isFinished) !== 'unfinished';
}
