import { id, record } from '../text/document-fields.js';
import { FILE_ID } from './file-id.js';

/** The id of the file that an export has made, `results.file.id`; undefined if that is no file id. */
export function exportedFileId(results: unknown): string | undefined {
  const named = id(record(record(results)?.['file'])?.['id']);
  return named !== undefined && FILE_ID.test(named) ? named : undefined;
}
