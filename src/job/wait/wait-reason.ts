/** Why a job does not start, as far as Keboola's lists show. */
export type WaitReason =
  /** Another job of the same configuration is running. */
  | { kind: 'lock'; jobId: string }
  /** The job was created to start at this time at the earliest; UTC, ISO 8601. */
  | { kind: 'delayed'; startsAt: string }
  | { kind: 'project-full'; running: number; limit: number }
  /** Nothing visible: the job is about to start, or it was written but never queued. */
  | { kind: 'nothing' };

/** For people. */
export function waitText(reason: WaitReason): string {
  if (reason.kind === 'lock') return `Waiting for job ${reason.jobId}, which holds the lock of the same configuration`;
  if (reason.kind === 'delayed') return `Waiting until ${reason.startsAt}, its delayed start time`;
  if (reason.kind === 'project-full') {
    return `Waiting for a free slot in the project: ${reason.running} of ${reason.limit} jobs are running`;
  }
  return 'Waiting for no visible reason: no other job holds its lock and the project has free slots';
}
