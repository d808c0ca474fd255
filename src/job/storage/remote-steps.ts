import type { CreateOrigin } from '../create/creation.js';
import type { ImportSource } from './input.js';
import type { InProject, RunPlan } from '../run-plan.js';
import type { StorageCall, StorageProgress } from './calls.js';

/** The call to send to Storage once the file is there; the call still lacks the file's id. */
export interface TransferPlan {
  plan: RunPlan;
  progress: StorageProgress;
}

/** What an upload must know about files that may already exist under its run id. */
export interface Leftover {
  /** An earlier activity failed and may have left a file behind, too. */
  again?: true | undefined;
  /** The run that a reset abandoned had the same run id, and its job may still load its file. */
  keep?: true | undefined;
}

export interface UploadRequest extends InProject, Leftover {
  /** Name of the file. */
  name: string;
  csv: string;
  /** Number of columns. */
  width: number;
  /** Storage keeps the run id with the file; a retry finds by it what an earlier attempt has left behind. */
  runId: string;
}

/** A file that the worker reads and sends to Storage without passing it through Temporal. */
export interface FileUploadRequest extends InProject, Leftover {
  /** Name of the file in Storage. */
  name: string;
  source: Pick<ImportSource, 'file' | 'url'>;
  /** Storage keeps the run id with the file; a retry finds by it what an earlier attempt has left behind. */
  runId: string;
  primaryKey?: string[];
  delimiter?: string;
  enclosure?: string;
}

/** A file of ours that no job will load. */
export interface RemovalRequest extends InProject {
  /** The run id under which the file was prepared. */
  runId: string;
  /** Present if it is known. */
  fileId?: string;
}

export interface UploadedFile {
  fileId: string;
  /** Rows of the CSV, without the header. */
  rows: number;
  /** Bytes of the unpacked CSV. */
  bytes: number;
  columns: string[];
  /** The delimiter that was perhaps meant instead of the one in use. */
  likelySeparator?: string;
}

export interface FileDownloadRequest extends InProject {
  fileId: string;
  /** The columns to write as a header: some exports come without one. */
  columns: readonly string[];
  /** Path below the worker's folder. */
  file: string;
}

export interface DownloadedFile {
  /** Bytes of the unpacked CSV. */
  bytes: number;
}

/** A call together with its run id. */
export interface SentCall extends StorageCall {
  runId: string;
}

/** A Storage call as the workflow requests it. */
export interface StorageCallRequest extends CreateOrigin, InProject {
  call: SentCall;
}

export interface StorageSearchRequest extends InProject {
  runId: string;
  /** The workflow run that first set out to make this call. */
  sinceRun: string;
}

export interface DownloadRequest extends InProject {
  fileId: string;
  /** The columns to write as a header: some exports come without one. */
  columns: readonly string[];
}

export interface DownloadedCsv {
  csv: string;
  bytes: number;
}
