import type { StorageCall } from './calls.js';

/** The contract of `runStorageJob`: one asynchronous call of Storage. `src/input/storage/check-storage.ts` checks it. */
export interface RunStorageJobInput extends StorageCall {
  /** Name of a Keboola project known to the worker; never a token. Default `default`. */
  connection?: string;
  /** Takes a call that is on no list of ours. Default false. */
  allowUnknown?: boolean;
  /** Puts the job below this run: the job's run id starts with it. */
  parentRunId?: string;
}

/** The contract of `importTable`: loads CSV into a table, which is made when it is missing. */
export interface ImportTableInput {
  /** Name of a Keboola project known to the worker; never a token. Default `default`. */
  connection?: string;
  /** Id of the table, such as `in.c-main.orders`; its bucket has to exist. */
  table: string;
  /** Where the rows come from. */
  source: ImportSource;
  /** Keeps the rows that are there; those of the same primary key are replaced. Default false: all rows are replaced. */
  incremental?: boolean;
  /** Of a table that is made; one that exists has to have the same. */
  primaryKey?: string[];
  /** One character. Default a comma. */
  delimiter?: string;
  /** One character, or an empty text for none. Default `"`. */
  enclosure?: string;
  /** Puts the job below this run: the job's run id starts with it. */
  parentRunId?: string;
}

/** Exactly one of them. The first line of the CSV names the columns. */
export interface ImportSource {
  /** The rows themselves. At most 1 MiB. */
  csv?: string;
  /** A file of any size below the folder of the worker (`KEBOOLA_FILES_DIR`), gzipped or not. */
  file?: string;
  /** An address at a host that the worker allows (`KEBOOLA_IMPORT_HOSTS`), gzipped or not. */
  url?: string;
  /** A file that is in Storage already. */
  fileId?: string;
  /** How many rows that file has, the header aside: Storage has to load as many. Default: that is not checked. */
  rows?: number;
}

/** Where an export goes instead of into the result. Exactly one of them. */
export interface ExportTarget {
  /** A file below the folder of the worker (`KEBOOLA_FILES_DIR`), which is replaced; gzipped where its name ends in `.gz`. */
  file?: string;
  /** It stays in Storage, by its file id. */
  storage?: true;
}

/** The contract of `exportTable`: the rows of a table as CSV. */
export interface ExportTableInput {
  /** Name of a Keboola project known to the worker; never a token. Default `default`. */
  connection?: string;
  /** Id of the table, such as `in.c-main.orders`. */
  table: string;
  /** These columns alone, in this order. Default: all of them. */
  columns?: string[];
  /** At most so many rows. */
  limit?: number;
  /** Only rows that have changed since: a time, or words such as `-2 days`. */
  changedSince?: string;
  /** Where it goes. Default: into the result, up to 1 MiB. */
  to?: ExportTarget;
  /** Puts the job below this run: the job's run id starts with it. */
  parentRunId?: string;
}

/** What is larger needs another way than through Temporal, which takes payloads of up to 2 MiB. */
export const CSV_BYTES_MAX = 1024 * 1024;
/** Below those 2 MiB; marks of CSV take twice their room in JSON. */
export const CSV_JSON_BYTES_MAX = 1_900_000;
/** Of one table. */
export const COLUMNS_MAX = 1_200;
/** An export may be limited to so many. */
export const EXPORT_ROWS_MAX = 100_000_000;
