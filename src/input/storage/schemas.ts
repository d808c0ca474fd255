import { z } from 'zod';
import { hasNoSuchDay } from '../../job/text/calendar.js';
import { STORAGE_METHODS } from '../../job/storage/calls.js';
import { isMisleading, STORAGE_PATH, STORAGE_PATH_LENGTH_MAX } from '../../job/storage/call-path.js';
import { FILE_ID } from '../../job/storage/file-id.js';
import { COLUMNS_MAX, EXPORT_ROWS_MAX } from '../../job/storage/input.js';
import { RunJobInputSchema } from '../schemas/run-job.js';

const NO_TABLE =
  'not the id of a table; expected for example "in.c-main.orders": letters, digits, "-" and "_" in its names';
const NO_PATH =
  'not a path below /v2/storage/; expected for example "tables/in.c-main.orders/import-async", without a slash in front';
const NO_FILE =
  'not a path below the folder of the worker; expected for example "in/orders.csv", without "..", "\\\\" or a slash in front';
const NO_ADDRESS =
  'not the address of a file; expected for example "https://files.example.com/orders.csv", without a user';
const NO_FILE_ID = 'not the id of a Storage file; expected digits';
const NO_DAY = 'a day that is in no calendar';
const ONE_CHARACTER = 'expected one character';

const { connection } = RunJobInputSchema.shape;
const parentRunId = RunJobInputSchema.shape.parentRunId.describe(
  "Puts the job below this run: the job's run id starts with it.",
);

/** A path that stays below the folder to which it is relative; the worker checks symbolic links. */
const file = z
  .string()
  .min(1)
  .max(1_000)
  .regex(/^(?!\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))(?!.*\/$)[^\\\0]+$/, NO_FILE);

const name = '[A-Za-z0-9-][A-Za-z0-9_-]{0,95}';
const table = z.string().regex(new RegExp(`^(?:in|out|sys)\\.${name}\\.${name}$`), NO_TABLE);
const column = z.string().min(1).max(255);
const columns = z.array(column).min(1).max(COLUMNS_MAX);

/** The schema of `runStorageJob`'s input. */
export const RunStorageJobSchema = z.strictObject({
  connection,
  method: z.enum(STORAGE_METHODS).describe('HTTP method of the call.'),
  path: z
    .string()
    .max(STORAGE_PATH_LENGTH_MAX)
    .regex(STORAGE_PATH, NO_PATH)
    .refine((path) => !isMisleading(path), NO_PATH)
    .describe('Below "/v2/storage/", for example "tables/in.c-main.orders/import-async"; a query is part of it.'),
  body: z.record(z.string(), z.unknown()).optional().describe('JSON body of the call.'),
  allowUnknown: z
    .boolean()
    .optional()
    .describe('Treats a call that this version does not know as asynchronous. Default false.'),
  parentRunId,
});

/** The schema of `importTable`'s input; the rules for the CSV, which it cannot express, are in `rules.ts`. */
export const ImportTableSchema = z.strictObject({
  connection,
  table: table.describe('Id of the table; its bucket has to exist, the table is created if it does not exist.'),
  source: z
    .strictObject({
      csv: z.string().optional().describe('The rows; the first line names the columns. At most 1 MiB.'),
      file: file.optional().describe('A file below the folder of the worker (KEBOOLA_FILES_DIR), gzipped or not.'),
      url: z
        .string()
        .max(2_000)
        .regex(/^https?:\/\/[^\s@]+$/, NO_ADDRESS)
        .optional()
        .describe('An address at a host that the worker allows (KEBOOLA_IMPORT_HOSTS), gzipped or not.'),
      fileId: z.string().regex(FILE_ID, NO_FILE_ID).optional().describe('A file that is in Storage already.'),
      rows: z.int().min(0).optional().describe('How many rows the file of fileId has; Storage has to load as many.'),
    })
    .describe('Where the rows come from: exactly one of them.'),
  incremental: z
    .boolean()
    .optional()
    .describe('Keeps the existing rows, and replaces those that have the same primary key. Default false.'),
  primaryKey: columns
    .optional()
    .describe('Primary key, if the table has to be created; an existing table must have the same.'),
  delimiter: z.string().length(1, ONE_CHARACTER).optional().describe('Separator of values. Default ",".'),
  enclosure: z
    .string()
    .max(1, ONE_CHARACTER)
    .optional()
    .describe("Quote around values, or empty for none. Default '\"'."),
  parentRunId,
});

/** The schema of `exportTable`'s input. */
export const ExportTableSchema = z.strictObject({
  connection,
  table: table.describe('Id of the table.'),
  columns: columns.optional().describe('Only these columns, in this order. Default: all of them.'),
  limit: z.int().min(1).max(EXPORT_ROWS_MAX).optional().describe('At most this many rows.'),
  changedSince: z
    .string()
    .min(1)
    .max(100)
    .refine((text) => !hasNoSuchDay(text), NO_DAY)
    .optional()
    .describe('Only rows changed since this time: a time, or words such as "-2 days".'),
  to: z
    .strictObject({
      file: file
        .optional()
        .describe('A file below the folder of the worker (KEBOOLA_FILES_DIR); gzipped if its name ends in ".gz".'),
      storage: z.literal(true).optional().describe('Leaves the file in Storage; the result holds its file id.'),
    })
    .optional()
    .describe('Where the rows go: exactly one of these. Default: into the result, up to 1 MiB.'),
  parentRunId,
});
