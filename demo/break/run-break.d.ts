import type { Context } from '../../src/cli/context.js';

/** What the sandbox counted for one side in one accident, and what its workflow told. */
export interface Aftermath {
  accident: string;
  side: 'plain loop' | 'keboola-temporal';
  /** Which of Keboola's job APIs, in Keboola's words. */
  api: 'Syrup' | 'Queue v2';
  jobsCreated: number;
  /** Not over so long after the workflow has closed. */
  jobsLeftRunning: number;
  told: string;
}

export function runBreak(context: Context): Promise<number>;
