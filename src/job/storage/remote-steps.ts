import type { CreateOrigin } from '../create/creation.js';
import type { ImportSource } from './input.js';
import type { InProject, RunPlan } from '../run-plan.js';
import type { StorageCall, StorageProgress } from './calls.js';

/** What is to be asked of Storage once the file is there, whose id the call still lacks. */
export interface TransferPlan {
  plan: RunPlan;
  progress: StorageProgress;
}

/** What an upload has to know of files that are there under its run id. */
export interface Leftover {
  /** Another activity was asked before, in vain, and may have left something behind, too. */
  again?: true | undefined;
  /** The run that a reset gave up had the same run id, and its job may still load its file. */
  keep?: true | undefined;
}

export interface UploadRequest extends InProject, Leftover {
  /** Of the file. */
  name: string;
  csv: string;
  /** How many columns it has. */
  width: number;
  /** Storage keeps it with the file; what an attempt before has left behind is found by it. */
  runId: string;
}

/** What is read on the worker's side, and goes into Storage without passing through Temporal. */
export interface FileUploadRequest extends InProject, Leftover {
  /** Of the file in Storage. */
  name: string;
  source: Pick<ImportSource, 'file' | 'url'>;
  /** Storage keeps it with the file; what an attempt before has left behind is found by it. */
  runId: string;
  primaryKey?: string[];
  delimiter?: string;
  enclosure?: string;
}

/** A file of ours that no job will load. */
export interface RemovalRequest extends InProject {
  /** That it was prepared under. */
  runId: string;
  /** Where it is known. */
  fileId?: string;
}

export interface UploadedFile {
  fileId: string;
  /** Of the CSV, the header aside. */
  rows: number;
  /** Of the CSV, unpacked. */
  bytes: number;
  columns: string[];
  /** The delimiter that is perhaps meant in place of the one that is used. */
  likelySeparator?: string;
}

export interface FileDownloadRequest extends InProject {
  fileId: string;
  /** The header of an export that comes without one. */
  columns: readonly string[];
  /** Below the folder of the worker. */
  file: string;
}

export interface DownloadedFile {
  /** Of the CSV, unpacked. */
  bytes: number;
}

/** One call that has its run id. */
export interface SentCall extends StorageCall {
  runId: string;
}

/** A call of Storage as the workflow orders it. */
export interface StorageCallRequest extends CreateOrigin, InProject {
  call: SentCall;
}

export interface StorageSearchRequest extends InProject {
  runId: string;
  /** The run of the workflow that first thought of this call. */
  sinceRun: string;
}

export interface DownloadRequest extends InProject {
  fileId: string;
  /** The header of an export that comes without one. */
  columns: readonly string[];
}

export interface DownloadedCsv {
  csv: string;
  bytes: number;
}
