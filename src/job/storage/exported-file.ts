import { id, record } from '../text/document-fields.js';

/** The file that an export has made: `results.file.id`. */
export function exportedFileId(results: unknown): string | undefined {
  return id(record(record(results)?.['file'])?.['id']);
}
