import type { FaultInput, SettingsInput } from '../../../src/sandbox/index.js';

/** What must be true when a case is over. */
export interface Expected {
  /** How the workflow closed: a final status, the type of its failure, or `canceled`. */
  told: string;
  /** Jobs that still run. */
  left: number;
}

export interface WaitCase {
  name: string;
  family: string;
  script: Record<string, unknown>;
  faults: readonly FaultInput[];
  /** How Keboola behaves, where it may do otherwise than it usually does. */
  settings?: SettingsInput;
  /** What reads after the creation answer. */
  documents?: readonly OddDocument[];
  input: { runTimeout?: string };
  expected: Expected;
}

/** Answered in place of the job's own, with its id, for some of the reads. */
export interface OddDocument {
  document: Record<string, unknown>;
  call: number;
  times: number | 'always';
}
