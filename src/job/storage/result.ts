import {
  anything,
  atLeast,
  flag,
  isPassedBy,
  number,
  oneOf,
  optional,
  text,
  yes,
  type Guard,
} from '../guard/guards.js';

/** What a finished Storage job leaves behind: the result of `runStorageJob`, and the details of its failure. */
export interface StorageJobResult {
  jobId: string;
  /** The run id that was sent with the call; Storage keeps it unchanged. */
  runId: string;
  /** In Storage's words, such as `tableImport`. */
  operation: string;
  status: 'success' | 'error';
  /** Storage's own results, without credentials, at most 64 KiB of JSON. */
  results?: unknown;
  truncated?: true;
  error?: StorageError;
  /** The job in Storage's API, at the configured origin. */
  url: string;
  /** UTC, ISO 8601. */
  createdTime?: string;
  startTime?: string;
  endTime?: string;
  /** How often the call was made, if more than once: the jobs of earlier calls were nowhere to be found. */
  attempts?: number;
  /** How often the job was read. */
  polls: number;
  /** True if the answer to the call was lost and the job was found again. */
  adopted: boolean;
}

export interface StorageError {
  /** A dotted text, such as `csvImport.columnsNotMatch`. */
  code?: string;
  message: string;
  /** Keboola's support asks for it. */
  exceptionId?: string;
}

/** What an import leaves behind. */
export interface ImportTableResult extends StorageJobResult {
  table: string;
  /** The table did not exist before. */
  created: boolean;
  /** Rows of the CSV, without the header. */
  rows: number;
  /** Size of the CSV. Absent if the file was in Storage already. */
  bytes?: number;
  /** The file in Storage, unless it was made of the input's own rows. */
  fileId?: string;
}

/** What an export leaves behind. */
export interface ExportTableResult extends StorageJobResult {
  table: string;
  columns: string[];
  /** With a header. In a pipeline only if it is short: the file has all of it. */
  csv?: string;
  /** Size of the CSV. Absent if it stays in Storage. */
  bytes?: number;
  /** Path below the worker's folder. */
  file?: string;
  /** The file in Storage, kept for 15 days; the same export of the same data is the same file. */
  fileId: string;
}

/** What a pipeline's task reports of Storage. */
export type StorageTaskResult = StorageJobResult | ImportTableResult | ExportTableResult;

const storageError = atLeast<StorageError>({ code: optional(text), message: text, exceptionId: optional(text) });

/** What every Storage job leaves behind; the fields that an import or an export adds are handed on unchecked. */
export const storageResult: Guard<StorageTaskResult> = atLeast<StorageJobResult>({
  jobId: text,
  runId: text,
  operation: text,
  status: oneOf('success', 'error'),
  results: anything,
  truncated: optional(yes),
  error: optional(storageError),
  url: text,
  createdTime: optional(text),
  startTime: optional(text),
  endTime: optional(text),
  attempts: optional(number),
  polls: number,
  adopted: flag,
});

/** Whether a workflow's result, or the details of its failure, is a `StorageTaskResult`; both may be anything. */
export function isStorageResult(value: unknown): value is StorageTaskResult {
  return isPassedBy(storageResult, value);
}
