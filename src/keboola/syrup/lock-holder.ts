/**
 * Finds the job that keeps another one waiting: Syrup runs one job per `lockName` at a time
 * (keboola/syrup `Command/JobCommand.php`). Only the job documents contain that name.
 *
 * @returns the id of the holder, as text; undefined if none is shown.
 */
export function findLockHolder(waiting: unknown, running: readonly unknown[]): string | undefined {
  const lockName = lockNameOf(waiting);
  if (lockName === undefined) return undefined;
  const holder = running.find(
    (job) => field(job, 'lockName') === lockName && field(job, 'id') !== field(waiting, 'id'),
  );
  const id = field(holder, 'id');
  return typeof id === 'number' || typeof id === 'string' ? String(id) : undefined;
}

/** @returns undefined if the document names no lock. */
export function lockNameOf(document: unknown): string | undefined {
  const lockName = field(document, 'lockName');
  return typeof lockName === 'string' && lockName !== '' ? lockName : undefined;
}

function field(document: unknown, name: string): unknown {
  return typeof document === 'object' && document !== null ? (document as Record<string, unknown>)[name] : undefined;
}
