import { z } from 'zod';
import { ExportTableSchema, ImportTableSchema, RunStorageJobSchema } from './schemas.js';

const BASE = 'https://unpkg.com/keboola-temporal/docs/schemas/';

const INPUTS = {
  'run-storage-job-input.schema.json': { workflow: 'runStorageJob', schema: RunStorageJobSchema },
  'import-table-input.schema.json': { workflow: 'importTable', schema: ImportTableSchema },
  'export-table-input.schema.json': { workflow: 'exportTable', schema: ExportTableSchema },
};

/** The JSON Schemas of the Storage workflows' inputs, by file name. Our own checks of CSV are stricter. */
export function storageSchemas(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(INPUTS).map(([name, { workflow, schema }]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
      return [name, { $schema, $id: BASE + name, title: `Input of the workflow ${workflow}`, ...rest }];
    }),
  );
}
