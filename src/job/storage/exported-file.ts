import { id, record } from '../text/document-fields.js';
import { FILE_ID } from './file-id.js';

/** The file that an export has made: `results.file.id`; undefined also for what is no id of a file. */
export function exportedFileId(results: unknown): string | undefined {
  const named = id(record(record(results)?.['file'])?.['id']);
  return named !== undefined && FILE_ID.test(named) ? named : undefined;
}
