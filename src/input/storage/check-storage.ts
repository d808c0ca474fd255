import {
  CSV_JSON_BYTES_MAX,
  type ExportTableInput,
  type ImportTableInput,
  type RunStorageJobInput,
} from '../../job/storage/input.js';
import { checkInput, type Checked } from '../check-input.js';
import { isRecord } from '../find-problems.js';
import type { InputRules } from '../input-problem.js';
import { brokenCallRules, brokenExportRules, brokenImportRules } from './rules.js';
import { ExportTableSchema, ImportTableSchema, RunStorageJobSchema } from './schemas.js';

/** Checks the input of `runStorageJob` and reports all of its problems at once. */
export function checkRunStorageJobInput(input: unknown, rules: InputRules = {}): Checked<RunStorageJobInput> {
  const check = { schema: RunStorageJobSchema, broken: brokenCallRules };
  return checkInput(input, rules, check) as Checked<RunStorageJobInput>;
}

/** The same for `importTable`, including its CSV. */
export function checkImportTableInput(input: unknown): Checked<ImportTableInput> {
  const check = {
    schema: ImportTableSchema,
    broken: brokenImportRules,
    scanned: withoutData,
    bytesMax: CSV_JSON_BYTES_MAX,
  };
  return checkInput(input, {}, check) as Checked<ImportTableInput>;
}

/** The same for `exportTable`. */
export function checkExportTableInput(input: unknown): Checked<ExportTableInput> {
  return checkInput(input, {}, { schema: ExportTableSchema, broken: brokenExportRules }) as Checked<ExportTableInput>;
}

/** Rows are not searched for secrets: what looks like a token may be a product number. */
export function withoutData({ source, ...fields }: Readonly<Record<string, unknown>>): object {
  if (!isRecord(source)) return fields;
  const { csv: _rows, ...place } = source;
  return { ...fields, source: place };
}
