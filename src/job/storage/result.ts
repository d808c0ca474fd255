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

/** What a finished job of Storage leaves behind; the result of `runStorageJob` and the details of its failure. */
export interface StorageJobResult {
  jobId: string;
  /** That it was sent with; Storage keeps it as it is. */
  runId: string;
  /** In Storage's words, such as `tableImport`. */
  operation: string;
  status: 'success' | 'error';
  /** Storage's own, without credentials, at most 64 KiB of JSON. */
  results?: unknown;
  truncated?: true;
  error?: StorageError;
  /** Of the job at its configured origin. */
  url: string;
  /** UTC, ISO 8601. */
  createdTime?: string;
  startTime?: string;
  endTime?: string;
  /** How often it was asked for, where that is more than once: what came before was nowhere to be found. */
  attempts?: number;
  /** How often the job was read. */
  polls: number;
  /** True when the answer to the call was lost and the job was found again. */
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
  /** It was not there before. */
  created: boolean;
  /** Of the CSV, the header aside. */
  rows: number;
  /** Of the CSV. Absent where the file was in Storage already. */
  bytes?: number;
  /** Storage's file, where it was not made of the input's own rows. */
  fileId?: string;
}

/** What an export leaves behind. */
export interface ExportTableResult extends StorageJobResult {
  table: string;
  columns: string[];
  /** With a header. As part of a pipeline only where it is short: the file has it whole. */
  csv?: string;
  /** Of the CSV. Absent where it stays in Storage. */
  bytes?: number;
  /** Below the folder of the worker. */
  file?: string;
  /** Storage's file, kept for 15 days; the same export of the same data is the same file. */
  fileId: string;
}

/** What a task of a pipeline tells of Storage. */
export type StorageTaskResult = StorageJobResult | ImportTableResult | ExportTableResult;

const storageError = atLeast<StorageError>({ code: optional(text), message: text, exceptionId: optional(text) });

/** What every job of Storage has left behind; what an import or an export tells besides is handed on. */
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

/** Whether the result of a workflow, or the details of its failure, is one: they may be anything. */
export function isStorageResult(value: unknown): value is StorageTaskResult {
  return isPassedBy(storageResult, value);
}
