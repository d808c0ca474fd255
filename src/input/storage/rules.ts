import { knownOperation, STORAGE_METHODS, type StorageCall } from '../../job/storage/calls.js';
import { CSV_BYTES_MAX } from '../../job/storage/input.js';
import type { InputProblem } from '../input-problem.js';
import { isRecord } from '../find-problems.js';
import { columnName } from './column-name.js';
import { BrokenCsv, csvFacts, DEFAULT_FORMAT, withoutByteOrderMark, type CsvFormat } from './csv.js';
import { cut } from '../../job/text/well-formed.js';

const ADVICE = 'set allowUnknown if Storage answers it with a job';
const ASYNC = 'Some calls are asynchronous only with "?async=true"';

type Fields = Readonly<Record<string, unknown>>;

/** A call must be known to be answered by a job, unless its author allows unknown ones. */
export function brokenCallRules({ method, path, allowUnknown }: Fields): InputProblem[] {
  if (allowUnknown === true || typeof path !== 'string' || !isMethod(method)) return [];
  if (knownOperation({ method, path })) return [];
  const message = `${method} ${cut(path, 200)} is not an asynchronous call that this version knows; ${ADVICE}. ${ASYNC}`;
  return [{ path: 'path', message }];
}

/** Files are scanned byte by byte, and a mark of several bytes could match in the middle of other characters. */
const ONE_BYTE = /^\p{ASCII}*$/u;
const SOURCES = ['csv', 'file', 'url', 'fileId'];
const TARGETS = ['file', 'storage'];

/** Violated rules for the source of an import, and for its CSV. */
export function brokenImportRules({ source, delimiter, enclosure, primaryKey }: Fields): InputProblem[] {
  if (!isRecord(source)) return [];
  const { csv } = source;
  if (typeof csv !== 'string') {
    const stray = source['rows'] !== undefined && source['fileId'] === undefined;
    return [
      ...exactlyOne(source, 'source', SOURCES),
      ...(stray ? [{ path: 'source.rows', message: 'is for fileId alone' }] : []),
      ...brokenMarks(delimiter, enclosure),
    ];
  }
  if (!isOne(source, SOURCES)) return exactlyOne(source, 'source', SOURCES);
  const bytes = Buffer.byteLength(csv);
  if (bytes > CSV_BYTES_MAX) {
    return [{ path: 'source.csv', message: `is ${bytes} bytes, at most ${CSV_BYTES_MAX} go through Temporal` }];
  }
  const marks = brokenMarks(delimiter, enclosure);
  if (marks.length > 0) return marks;
  const format = formatOf(delimiter, enclosure);
  try {
    const { columns } = csvFacts(withoutByteOrderMark(csv), format);
    return missingKeys(primaryKey, columns);
  } catch (error) {
    if (error instanceof BrokenCsv) return [{ path: 'source.csv', message: error.message }];
    throw error;
  }
}

/** Violated rules for the target of an export. */
export function brokenExportRules({ to }: Fields): InputProblem[] {
  return isRecord(to) ? exactlyOne(to, 'to', TARGETS) : [];
}

function exactlyOne(fields: Fields, path: string, names: readonly string[]): InputProblem[] {
  if (isOne(fields, names)) return [];
  return [{ path, message: `say exactly one of ${names.join(', ')}` }];
}

function isOne(fields: Fields, names: readonly string[]): boolean {
  return names.filter((name) => fields[name] !== undefined).length === 1;
}

function brokenMarks(delimiter: unknown, enclosure: unknown): InputProblem[] {
  const format = formatOf(delimiter, enclosure);
  const [wide] = (['delimiter', 'enclosure'] as const).filter((mark) => !ONE_BYTE.test(format[mark]));
  if (wide !== undefined) return [{ path: wide, message: 'has to be a character of ASCII, such as ; or |' }];
  if (!/[\r\n\0]/.test(format.delimiter + format.enclosure) && format.delimiter !== format.enclosure) return [];
  return [{ path: 'delimiter', message: 'must differ from the enclosure and must not be a line end' }];
}

function formatOf(delimiter: unknown, enclosure: unknown): CsvFormat {
  return {
    delimiter: oneOf(delimiter, DEFAULT_FORMAT.delimiter),
    enclosure: oneOf(enclosure, DEFAULT_FORMAT.enclosure),
  };
}

/** A problem for every column of a primary key that the CSV lacks. */
export function missingKeys(primaryKey: unknown, columns: readonly string[]): InputProblem[] {
  const keys: unknown[] = Array.isArray(primaryKey) ? primaryKey : [];
  const kept = new Set(columns.map(columnName));
  return keys
    .filter((key) => typeof key === 'string' && !kept.has(columnName(key)))
    .map((key) => ({ path: 'primaryKey', message: `"${String(key)}" is not a column of the CSV` }));
}

function isMethod(method: unknown): method is StorageCall['method'] {
  return (STORAGE_METHODS as readonly unknown[]).includes(method);
}

function oneOf(given: unknown, otherwise: string): string {
  return typeof given === 'string' ? given : otherwise;
}
