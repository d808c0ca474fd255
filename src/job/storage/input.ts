import type { StorageCall } from './calls.js';

/** The contract of `runStorageJob`: one asynchronous Storage call. `src/input/storage/check-storage.ts` checks it. */
export interface RunStorageJobInput extends StorageCall {
  /** Name of a Keboola project known to the worker; never a token. Default `default`. */
  connection?: string;
  /** Allows a call that is not on our list of known operations. Default false. */
  allowUnknown?: boolean;
  /** Puts the job below this run: the job's run id starts with it. */
  parentRunId?: string;
}

/** The contract of `importTable`: loads CSV into a table, which is created if it is missing. */
export interface ImportTableInput {
  /** Name of a Keboola project known to the worker; never a token. Default `default`. */
  connection?: string;
  /** Id of the table, such as `in.c-main.orders`; its bucket has to exist. */
  table: string;
  /** Where the rows come from. */
  source: ImportSource;
  /** Keeps existing rows; those with the same primary key are replaced. Default false: all rows are replaced. */
  incremental?: boolean;
  /** Primary key of a new table; an existing table must have the same. */
  primaryKey?: string[];
  /** One character. Default a comma. */
  delimiter?: string;
  /** One character, or an empty text for none. Default `"`. */
  enclosure?: string;
  /** Puts the job below this run: the job's run id starts with it. */
  parentRunId?: string;
}

/** Exactly one source. The first line of the CSV names the columns. */
export interface ImportSource {
  /** The rows themselves. At most 1 MiB. */
  csv?: string;
  /** A file of any size below the folder of the worker (`KEBOOLA_FILES_DIR`), gzipped or not. */
  file?: string;
  /** An address at a host that the worker allows (`KEBOOLA_IMPORT_HOSTS`), gzipped or not. */
  url?: string;
  /** A file that is already in Storage. */
  fileId?: string;
  /** How many rows that file has, without the header; Storage must load as many. Default: not checked. */
  rows?: number;
}

/** Where an export goes instead of into the result. Exactly one of the fields. */
export interface ExportTarget {
  /** A file below the worker's folder (`KEBOOLA_FILES_DIR`); it is replaced, and gzipped if its name ends in `.gz`. */
  file?: string;
  /** The file stays in Storage; the result has its file id. */
  storage?: true;
}

/** The contract of `exportTable`: the rows of a table as CSV. */
export interface ExportTableInput {
  /** Name of a Keboola project known to the worker; never a token. Default `default`. */
  connection?: string;
  /** Id of the table, such as `in.c-main.orders`. */
  table: string;
  /** Only these columns, in this order. Default: all columns. */
  columns?: string[];
  /** Most rows to export. */
  limit?: number;
  /** Only rows changed since then: a time, or words such as `-2 days`. */
  changedSince?: string;
  /** Where the CSV goes. Default: into the result, up to 1 MiB. */
  to?: ExportTarget;
  /** Puts the job below this run: the job's run id starts with it. */
  parentRunId?: string;
}

/** Larger CSV must not travel through Temporal, which takes payloads of up to 2 MiB. */
export const CSV_BYTES_MAX = 1024 * 1024;
/** Below those 2 MiB: quotes and line breaks of CSV take twice their room in JSON. */
export const CSV_JSON_BYTES_MAX = 1_900_000;
/** Most columns of an import or export, and most that one run hands on to the next. */
export const COLUMNS_MAX = 1_200;
/** The highest row limit of an export. */
export const EXPORT_ROWS_MAX = 100_000_000;
