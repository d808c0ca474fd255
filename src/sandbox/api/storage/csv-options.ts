import { scalarText } from '../../json.js';
import type { JsonObject } from '../../json.js';
import type { CsvFormat } from '../../storage/csv/csv-reader.js';
import { isUploaded } from '../../storage/file-store.js';
import type { StoredFile } from '../../storage/file-store.js';
import type { Call, Holder } from '../call.js';
import { StorageProblem } from '../../answer/problem.js';
import { bodyText } from './storage-call.js';

/** The CSV format of a file to load. @throws StorageProblem 400 for a format that no CSV can have */
export function csvFormat(body: JsonObject): CsvFormat {
  const [escapedBy, delimiter] = [character(body, 'escapedBy', ''), character(body, 'delimiter', ',')];
  // An escape character excludes an enclosure, so the default enclosure applies only without one.
  const enclosure = character(body, 'enclosure', escapedBy === '' ? '"' : '');
  if (escapedBy !== '' && enclosure !== '') {
    const message = 'Only one of enclosure and escapedBy can be specified';
    throw new StorageProblem(400, 'csvImport.invalidCsvParams', message);
  }
  const [used, quoted] = [delimiter, enclosure || escapedBy];
  if (used === '' || used === quoted || [used, quoted].some((text) => text === '\n' || text === '\r')) {
    throw invalidCsv('delimiter', used);
  }
  return { delimiter, enclosure, escapedBy };
}

/** The uploaded file that a load names; the sandbox loads tables from nothing else. @throws StorageProblem */
export function sourceFile(call: Call, { project }: Holder, body: JsonObject): StoredFile {
  // As a number, an id above 2^53 has lost digits, so it is read from the raw text.
  const wide = /"dataFileId"\s*:\s*(\d{16,30})\b/.exec(call.body)?.[1];
  const id = wide ?? bodyText(body, 'dataFileId');
  if (id === undefined) {
    throw new StorageProblem(
      400,
      'storage.tables.validation',
      'Invalid data - dataFileId: the sandbox loads files only',
    );
  }
  const file = call.simulation.world.storage.files.find(project, id);
  if (file === undefined) throw new StorageProblem(404, 'storage.files.notFound', `File ${id} not found`);
  if (isUploaded(file)) return file;
  throw new StorageProblem(400, 'storage.fileNotUploaded', `The file "${id}" was not uploaded.`);
}

function character(body: JsonObject, name: string, otherwise: string): string {
  const text = scalarText(body[name]) ?? otherwise;
  const value = text === '\\t' ? '\t' : text;
  if (value.length <= 1) return value;
  throw invalidCsv(name, value);
}

function invalidCsv(name: string, value: string): StorageProblem {
  return new StorageProblem(400, 'invalidCsv', `CSV ${name} must be a single character. "${value}" received`);
}
