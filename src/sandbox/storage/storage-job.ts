import type { Project, Token } from '../fixture/schema.js';
import type { JsonObject } from '../json.js';

export const STORAGE_JOB_STATUSES = ['waiting', 'processing', 'success', 'error'] as const;
export type StorageJobStatus = (typeof STORAGE_JOB_STATUSES)[number];

/** The outcome of an operation: `results` of the job, and the bytes that it moved. */
export interface Effect {
  results: JsonObject | null;
  inBytes?: number;
  outBytes?: number;
}

/** A job of Storage: an operation that was accepted and happens later, as a whole or not at all. */
export interface StorageJob {
  readonly id: string;
  readonly project: Project;
  readonly token: Token;
  /** The caller's `X-KBC-RunId` as it came; unlike Syrup, Storage makes no run id below it. */
  readonly runId: string | null;
  /** `tableImport` and the like. */
  readonly operation: string;
  readonly operationParams: JsonObject;
  readonly tableId: string | null;
  /** Jobs with the same lock run one after another, in the order of their creation. */
  readonly lock: string | undefined;
  readonly createdAtMs: number;
  /** Overrides the setting `storageJobSeconds`. */
  readonly seconds: number | undefined;
  /** Accepted, but no worker will ever get it. */
  readonly isGhost: boolean;
  /** Changes the project: called once, at the end, then dropped. @throws StorageFailure, having changed nothing */
  act: (() => Effect) | undefined;
  status: StorageJobStatus;
  startedAtMs: number | null;
  endedAtMs: number | null;
  effect: Effect | undefined;
  error: { code: string; message: string } | undefined;
}

export function isStorageJobFinished({ status }: StorageJob): boolean {
  return status === 'success' || status === 'error';
}
