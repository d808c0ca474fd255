import { expect } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.js';
import { killInKeboola, SYRUP, type Dialect } from './dialects.js';
import { eventually } from './eventually.js';

/**
 * The script of a job that works until a test has seen what it wants to see, and calls `endInKeboola`: one of a few
 * seconds may be over before, on a machine that stalls. How it ends may be told beside this; without it, in `success`.
 */
export const UNTIL_ENDED = { durationSeconds: 1_000_000, whenKilled: 'finishFirst', killLatencySeconds: 0 } as const;

/** Lets a job of that script come to its own end now, once it has begun. */
export async function endInKeboola(
  sandbox: Pick<Sandbox, 'url' | 'jobs'>,
  jobId: string,
  dialect: Dialect = SYRUP,
): Promise<void> {
  await runsInKeboola(sandbox, jobId);
  expect(await killInKeboola(sandbox, dialect, jobId)).toBe(202);
}

/** A job has begun: one that waits has no end of its own. */
export async function runsInKeboola(sandbox: Pick<Sandbox, 'jobs'>, jobId: string): Promise<void> {
  await eventually(async () => {
    const job = (await sandbox.jobs()).find(({ id }) => String(id) === jobId);
    expect(job?.status).toBe('processing');
  });
}
